import KBIngest
import KBReaders
import KBSchema
import Testing

/// Tables: RFC 4180 and what programs make of it.
@Suite struct CSVTests {
  @Test func rowsAreDocumentsWithTheirLines() throws {
    let table = try TableReading(
      "sku,name,price\nA-1,Chair,30\n\nB-2,\"Table,\nround\",45.5\nC-3,Lamp,9\n", .csv)
    #expect(table.titles == ["Chair", "Table, round", "Lamp"])
    #expect(table.lines == [2, 4, 6])
    #expect(table.anchors == ["a-1", "b-2", "c-3"])
    #expect(table.declared(0) == ["sku=A-1", "name=Chair", "price=30"])
    #expect(table.remarks == [])
  }

  @Test func quotesAreDoubledAndLinesBreakInside() throws {
    let table = try TableReading(
      "name,description\r\nX,\"says \"\"hi\"\"\r\n\r\n- one\r\n- two, three\"\r\nY,plain\r\n", .csv)
    #expect(table.text(0) == ["says \"hi\"", "- one", "- two, three"])
    #expect(table.documents[0].blocks.map(\.line).prefix(4) == [2, 2, 4, 5])
    #expect(table.lines == [2, 6])
  }

  @Test func placesAreThoseOfTheFile() throws {
    let table = try TableReading("name,note,owner\n\"a\",\"x \"\"y\"\" z\", Ann \n", .csv)
    let owner = try #require(table.documents[0].metadata.last?.values.first)
    #expect(owner.text == "Ann")
    #expect(owner.line == 2)
    #expect(owner.columns == 17..<20)
    let note = table.documents[0].blocks[1].content
    #expect(note.text == "x \"y\" z")
    // `z` stands behind two doubled quotes.
    #expect(note.place(at: 6).column == 13)
  }

  @Test(arguments: [
    ("a,b\n1;2,3\n4;5,6\n", ["a", "b"]), ("a;b\n1,5;2\n2,5;3\n", ["a", "b"]),
    ("a\tb\n1,5\t2\n", ["a", "b"]), ("a|b\n1,5|2\n", ["a", "b"]),
    ("sep=;\na;b\n1,5;x\n", ["a", "b"]), ("only\nx\ny\n", ["only"]),
    ("a,b\n\"1;2;3;4\",x\n\"5;6\",y\n", ["a", "b"]),
  ])
  func delimitersAreSeen(text: String, keys: [String]) throws {
    let table = try TableReading(text, .csv)
    #expect(table.documents[0].metadata.map(\.key) == keys)
  }

  @Test func tabsPartTSVWhateverItHolds() throws {
    let table = try TableReading("a\tb\n1,2,3\tx,y,z\n", .tsv)
    #expect(table.declared(0) == ["a=1,2,3", "b=x,y,z"])
  }

  @Test func markAndEncodingAreTakenOff() throws {
    let marked = try TableReading([0xEF, 0xBB, 0xBF] + Array("name,n\nÉlan,1\n".utf8), .csv)
    #expect(marked.declared(0) == ["name=Élan", "n=1"])
    let wide: [UInt8] =
      [0xFF, 0xFE] + "name;n\nÉlan;1\n".utf16.flatMap { [UInt8($0 & 0xFF), UInt8($0 >> 8)] }
    #expect(try TableReading(wide, .csv).declared(0) == ["name=Élan", "n=1"])
  }

  @Test func rowsOfAnotherLengthAreTakenAndTold() throws {
    let table = try TableReading("a,b\nx\nx,y,z\n", .csv)
    #expect(table.declared(0) == ["a=x"])
    #expect(table.declared(1) == ["a=x", "b=y", "column-3=z"])
    #expect(
      table.remarks == [
        "line 2 has 1 fields where the first row has 2",
        "line 3 has 3 fields where the first row has 2",
      ])
  }

  @Test func anUnclosedQuoteCostsNoRows() throws {
    let table = try TableReading("a,b\nx,\"open\ny,2\nz,\"3\"\n", .csv)
    // The quote on line 2 is closed by the one on line 4: what is between them is one field.
    #expect(table.lines == [2])
    let open = try TableReading("a,b\nx,\"open\ny,2\nz,3\n", .csv)
    #expect(open.lines == [2, 3, 4])
    #expect(open.declared(0) == ["a=x", "b=\"open"])
    #expect(open.remarks == ["a quote opened on line 2 is not closed: it was taken as it stands"])
  }

  @Test func hostileQuotesTakeLinearTime() throws {
    let rows = 20_000
    let text = "a,b\n" + String(repeating: "x\"\"\",\"\"\"y\n", count: rows) + "z,\"\n"
    let clock = ContinuousClock()
    let time = try clock.measure { _ = try TableReading(text, .csv) }
    #expect(time < .seconds(20))
  }

  @Test func aTableWithoutNamesOfColumnsGetsSome() throws {
    let table = try TableReading("Chair,30\nLamp,9\n", .csv)
    #expect(table.titles == ["Chair", "Lamp"])
    #expect(table.declared(1) == ["column-1=Lamp", "column-2=9"])
  }

  @Test func equalIDsGetAnchorsOfTheirOwn() throws {
    let table = try TableReading("id,name\n7,a\n7,b\n7,c\n,d\n", .csv)
    #expect(table.anchors == ["7", "7-3", "7-4", "line-5"])
    #expect(Set(table.anchors).count == 4)
  }

  @Test func valuesStayInTheirRow() throws {
    let table = try TableReading(
      "title,salary,location,description\nData Engineer,$120k,\"Austin, TX\",Pipes in Python.\n"
        + "ML Engineer,$180k,\"Boston, MA\",Models in PyTorch.\n", .csv)
    let whole = table.records(
      schema: .careers, reading: CareersReading.reading(currency: "USD"))
    #expect(whole.records.map(\.ordinal) == [0, 1])
    #expect(whole.records.map(\.subjectOrdinal) == [0, 1])
    #expect(whole.subjects.map(\.ordinal) == [0, 1])
    let places = whole.subjects.map { sheet in
      sheet.entries.flatMap(\.fact.stated).filter { $0.field == "location" }.map(\.provenance.text)
    }
    #expect(places == [["Austin, TX"], ["Boston, MA"]])
    let documents = whole.subjects.map { sheet in
      sheet.entries.filter { $0.source == .document }.flatMap(\.fact.stated)
        .filter { $0.field == "title" }.map(\.provenance.text)
    }
    #expect(documents == [["Data Engineer"], ["ML Engineer"]])
  }

  @Test func nothingIsSaid() throws {
    #expect(try TableReading("", .csv).remarks == ["it holds no items"])
    #expect(try TableReading("a,b\n", .csv).remarks == ["it holds no items"])
  }
}
