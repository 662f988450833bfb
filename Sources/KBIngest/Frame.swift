internal import KBSchema

/// The role that facts are measured against: a fact that names another is foreign.
struct FrameRole {
  /// Name of the subject's role, nil where the subject is none.
  var own: String?
  /// A heading above the facts, below the subject's, that reads as another role.
  var heading: Value?
}

/// Joins the values of a unit into facts.
final class Frame: Sendable {
  private let fields: FactFields
  private let reading: ValueReading

  init(fields: FactFields, reading: ValueReading) {
    self.fields = fields
    self.reading = reading
  }

  /// Values with their places in the unit's text.
  private struct Placed {
    var value: Value
    var span: Range<Int>
  }

  /// Values around one amount, or all of a unit that has none.
  private struct Group {
    var anchor: Placed?
    var labels: [Placed] = []
    /// The role that names the column of its amount.
    var columnRole: Value?
  }

  /// The facts of a unit. `columnLabels` are values that the names of a table's columns state, by
  /// the index of the column.
  func facts(
    of unit: FactUnit, findings: [Finding], role: FrameRole, columnLabels: [Int: [Value]] = [:]
  ) -> [Fact] {
    let placed = findings.sorted { $0.span.lowerBound < $1.span.lowerBound }.map {
      Placed(
        value: Value(
          field: $0.field, content: $0.content, provenance: unit.provenance(of: $0.span)),
        span: $0.span)
    }
    let carried = placed.filter { carries($0.value.field) }
    let free = placed.filter { !carries($0.value.field) }.map(\.value)
    guard !carried.isEmpty else { return free.isEmpty ? [] : [Fact(stated: free)] }
    let groups = self.groups(of: carried, unit: unit, columnLabels: columnLabels)
    var facts = named(groups, carried: carried, unit: unit, role: role)
    attach(free, to: &facts)
    return facts
  }

  private func carries(_ field: String) -> Bool { fields[field].ties || fields[field].inherits }

  /// Values of fields that tie nothing (skills) go along with the first fact that is the subject's.
  private func attach(_ free: [Value], to facts: inout [Fact]) {
    guard !free.isEmpty else { return }
    if let index = facts.firstIndex(where: { !$0.isForeign }) {
      facts[index].stated += free
    } else {
      facts.append(Fact(stated: free))
    }
  }

  // MARK: Amounts and their labels

  private func groups(
    of placed: [Placed], unit: FactUnit, columnLabels: [Int: [Value]]
  ) -> [Group] {
    guard let field = anchorField(placed) else { return [Group(labels: placed)] }
    let anchors = placed.filter { $0.value.field == field && isInterval($0) }
    let labels = placed.filter { $0.value.field != field || !isInterval($0) }
    var groups = anchors.map { Group(anchor: $0) }
    if unit.text.kind == .tableRow {
      bindRow(labels, to: &groups, unit: unit, columnLabels: columnLabels)
    } else {
      bind(labels, to: &groups, Array(groups.indices), bytes: Array(unit.text.text.utf8))
    }
    return groups.flatMap(splitIntervals)
  }

  private func isInterval(_ placed: Placed) -> Bool {
    if case .interval = placed.value.content { return fields[placed.value.field].isInterval }
    return false
  }

  /// The field whose amounts the facts are built around: pay, else the commonest interval.
  private func anchorField(_ placed: [Placed]) -> String? {
    let intervals = placed.filter(isInterval).map(\.value.field)
    if let pay = intervals.first(where: { fields[$0].isPay }) { return pay }
    var best: String?
    var most = 0
    for field in intervals where field != best {
      let count = intervals.count { $0 == field }
      if count > most { (best, most) = (field, count) }
    }
    return best
  }

  /// Binds labels to the groups at `members`, which are in the order of their amounts.
  private func bind(
    _ labels: [Placed], to groups: inout [Group], _ members: [Int], bytes: [UInt8]
  ) {
    guard members.count > 1 else {
      if let only = members.first { groups[only].labels += labels }
      return
    }
    let binding = LabelBinding(bytes, amounts: members.compactMap { groups[$0].anchor?.span })
    for (field, indices) in byField(labels) {
      let amounts = binding.amounts(
        for: indices.map { labels[$0].span }, climbs: fields.climbs(field))
      for (position, index) in indices.enumerated() {
        for amount in amounts[position] { groups[members[amount]].labels.append(labels[index]) }
      }
    }
  }

  private func byField(_ labels: [Placed]) -> [(field: String, indices: [Int])] {
    var result: [(field: String, indices: [Int])] = []
    for index in labels.indices {
      let field = labels[index].value.field
      if let known = result.firstIndex(where: { $0.field == field }) {
        result[known].indices.append(index)
      } else {
        result.append((field, [index]))
      }
    }
    return result
  }

  /// In a table, a cell without an amount labels the whole row, and a column's name its own cell.
  private func bindRow(
    _ labels: [Placed], to groups: inout [Group], unit: FactUnit, columnLabels: [Int: [Value]]
  ) {
    let cells = unit.text.cells.map(\.range)
    func cell(_ span: Range<Int>) -> Int {
      cells.firstIndex { $0.lowerBound <= span.lowerBound && span.lowerBound < $0.upperBound } ?? -1
    }
    let bytes = Array(unit.text.text.utf8)
    var members: [Int: [Int]] = [:]
    for index in groups.indices {
      if let anchor = groups[index].anchor { members[cell(anchor.span), default: []].append(index) }
    }
    var inCell: [Int: [Placed]] = [:]
    for label in labels {
      let column = cell(label.span)
      if members[column] != nil {
        inCell[column, default: []].append(label)
      } else {
        for index in groups.indices { groups[index].labels.append(label) }
      }
    }
    for (column, indices) in members {
      bind(inCell[column] ?? [], to: &groups, indices, bytes: bytes)
      for index in indices { addColumnLabels(columnLabels[column] ?? [], to: &groups[index]) }
    }
  }

  private func addColumnLabels(_ values: [Value], to group: inout Group) {
    let at = group.anchor?.span ?? 0..<0
    group.columnRole = values.first { $0.field == FactFields.role }
    for value in values
    where value.field != FactFields.role
      && !group.labels.contains(where: { $0.value.content == value.content })
    {
      group.labels.append(Placed(value: value, span: at))
    }
  }

  /// A fact holds one interval of a field: a second label of that kind makes a second fact.
  private func splitIntervals(_ group: Group) -> [Group] {
    var first = Group(anchor: group.anchor, columnRole: group.columnRole)
    var extra: [Placed] = []
    var seen: Set<String> = []
    for label in group.labels {
      if isInterval(label), !seen.insert(label.value.field).inserted {
        extra.append(label)
      } else {
        first.labels.append(label)
      }
    }
    return [first]
      + extra.map { label in
        let shared = first.labels.filter { $0.value.field != label.value.field }
        return Group(
          anchor: group.anchor, labels: shared + [label], columnRole: group.columnRole)
      }
  }

  // MARK: Roles

  /// A role that the unit names.
  private struct Mention {
    var span: Range<Int>
    var name: String
    var isOwn: Bool
    /// Whether the extractors state it as a value, not only in passing.
    var isStated: Bool
  }

  private func named(
    _ groups: [Group], carried: [Placed], unit: FactUnit, role: FrameRole
  ) -> [Fact] {
    guard fields.knowsRoles else { return groups.map { fact($0) } }
    let mentions = self.mentions(in: unit, carried: carried, role: role)
    let binding = LabelBinding(Array(unit.text.text.utf8), amounts: [])
    let spans = mentions.map(\.span)
    return groups.map { group in
      if let column = group.columnRole { return fact(group, column: column, role: role) }
      let index =
        group.anchor.flatMap { binding.nearest(of: spans, to: $0.span) }
        ?? mentions.firstIndex(where: \.isOwn) ?? mentions.indices.first
      guard let index else { return led(group, by: unit.lead, role: role) }
      return fact(group, mention: mentions[index], unit: unit, role: role)
    }
  }

  private func mentions(in unit: FactUnit, carried: [Placed], role: FrameRole) -> [Mention] {
    func mention(_ span: Range<Int>, _ name: String, isStated: Bool) -> Mention {
      let isOwn = role.own.map { reading.sameRole(name, $0) } ?? false
      return Mention(span: span, name: name, isOwn: isOwn, isStated: isStated)
    }
    var result: [Mention] = carried.compactMap {
      guard $0.value.field == FactFields.role, case .string(let name) = $0.value.content else {
        return nil
      }
      return mention($0.span, name, isStated: true)
    }
    for found in reading.roleMentions(unit.text.text)
    where !result.contains(where: { $0.span.overlaps(found.span) }) {
      result.append(mention(found.span, found.name, isStated: false))
    }
    return result.sorted { $0.span.lowerBound < $1.span.lowerBound }
  }

  private func fact(
    _ group: Group, mention: Mention, unit: FactUnit, role: FrameRole
  ) -> Fact {
    if mention.isOwn && !mention.isStated { return fact(group) }
    let value = Value(
      field: FactFields.role, content: .string(mention.name),
      provenance: unit.provenance(of: mention.span))
    return fact(group, role: value, isForeign: role.own != nil && !mention.isOwn)
  }

  private func fact(_ group: Group, column: Value, role: FrameRole) -> Fact {
    guard let own = role.own, case .string(let name) = column.content else {
      return fact(group, role: column)
    }
    return reading.sameRole(name, own)
      ? fact(group) : fact(group, role: column, isForeign: true)
  }

  /// A group whose unit names no role: the line that leads to it may, or a heading above it.
  private func led(_ group: Group, by lead: LeadText?, role: FrameRole) -> Fact {
    let mentions = lead.map { reading.roleMentions($0.text) } ?? []
    guard let lead, let first = mentions.first else { return headed(group, role: role) }
    if let own = role.own, mentions.contains(where: { reading.sameRole($0.name, own) }) {
      return fact(group)
    }
    let value = Value(
      field: FactFields.role, content: .string(first.name),
      provenance: lead.provenance(of: first.span))
    return fact(group, role: value, isForeign: role.own != nil)
  }

  private func headed(_ group: Group, role: FrameRole) -> Fact {
    guard let heading = role.heading else { return fact(group) }
    return fact(group, role: heading, isForeign: role.own != nil)
  }

  private func fact(_ group: Group, role: Value? = nil, isForeign: Bool = false) -> Fact {
    var placed = group.labels.filter { $0.value.field != FactFields.role }
    if let anchor = group.anchor { placed.append(anchor) }
    placed.sort { $0.span.lowerBound < $1.span.lowerBound }
    var stated = placed.map(\.value)
    if let role { stated.append(role) }
    return Fact(stated: stated, isForeign: isForeign)
  }
}
