extension Page {
  static let script = #"""
    "use strict";
    const $ = id => document.getElementById(id);
    const query = $("query"), hits = $("hits"), facets = $("facets"), reader = $("reader");
    const completions = $("completions"), problem = $("problem"), status = $("status");
    const columns = document.querySelector(".columns");
    const page = 10;
    let shown = [], chosen = -1, asked = 0, token = sessionStorage.getItem("token") || "";
    let items = [], start = 0, selected = -1, last = null, openID = null, fields = null, match = "all";

    function element(name, text, attributes) {
      const made = document.createElement(name);
      if (text !== undefined && text !== null) made.textContent = text;
      for (const [key, value] of Object.entries(attributes || {})) made.setAttribute(key, value);
      return made;
    }

    async function get(address, parameters) {
      const url = new URL(address, location.href);
      for (const [key, value] of Object.entries(parameters || {})) url.searchParams.set(key, value);
      const answer = await fetch(url, token ? {headers: {Authorization: "Bearer " + token}} : {});
      if (answer.status === 401) {
        const given = prompt("This server needs a token:");
        if (given) {
          token = given.trim();
          sessionStorage.setItem("token", token);
          return get(address, parameters);
        }
      }
      return answer.json();
    }

    // Offsets in answers count bytes of UTF-8.
    const encoder = new TextEncoder(), decoder = new TextDecoder();
    function parts(text, spans) {
      const bytes = encoder.encode(text), result = [];
      let end = 0;
      for (const [from, to] of spans) {
        result.push([decoder.decode(bytes.slice(end, from)), false]);
        result.push([decoder.decode(bytes.slice(from, to)), true]);
        end = to;
      }
      result.push([decoder.decode(bytes.slice(end)), false]);
      return result;
    }

    function highlighted(text, spans) {
      const made = element("p");
      for (const [piece, isMarked] of parts(text, spans)) {
        if (piece) made.append(isMarked ? element("mark", piece) : piece);
      }
      return made;
    }

    function amount(value) {
      if (value.min === undefined && value.max === undefined) return value.text || String(value.value);
      return value.text || [value.min, value.max].filter(one => one !== undefined).join(" - ");
    }

    // Questions

    async function ask(offset) {
      const text = query.value.trim(), number = ++asked;
      // Where there is room for one column only, the hits take the reader's place.
      if (!offset && openID && matchMedia("(max-width: 60rem)").matches) shut();
      const address = new URL(location.href);
      address.searchParams.delete("q");
      if (text) address.searchParams.set("q", text);
      if (match === "any") address.searchParams.set("match", match);
      else address.searchParams.delete("match");
      history.replaceState(null, "", address);
      document.title = text ? text + " – kbsearch" : "kbsearch";
      if (!text) { clear(); return; }
      let answer;
      try {
        answer = await get("/v1/search", {q: text, match, limit: page, offset: offset || 0});
      } catch {
        if (number === asked) status.textContent = "The server does not answer.";
        return;
      }
      if (number !== asked) return;
      columns.classList.toggle("old", Boolean(answer.error));
      if (answer.error) { tell(answer.error, text); return; }
      problem.hidden = true;
      query.removeAttribute("aria-invalid");
      show(answer, offset || 0);
      if (!offset) narrow(text, number);
    }

    function clear() {
      shown = []; chosen = -1; last = null;
      hits.replaceChildren(); facets.replaceChildren();
      problem.hidden = true; status.textContent = "";
      columns.classList.remove("old");
    }

    function tell(error, text) {
      problem.replaceChildren(element("p", error.message));
      query.setAttribute("aria-invalid", "true");
      if (error.span) {
        const bytes = encoder.encode(text);
        const before = [...decoder.decode(bytes.slice(0, error.span[0]))].length;
        const length = [...decoder.decode(bytes.slice(error.span[0], error.span[1]))].length;
        const block = element("pre", text + "\n" + " ".repeat(before));
        block.setAttribute("aria-hidden", "true");
        block.append(element("span", "^".repeat(Math.max(1, length)), {class: "caret"}));
        problem.append(block);
      }
      for (const note of error.notes || []) problem.append(element("p", note));
      for (const rewrite of rewrites(error, text)) {
        const button = element("button", "Try: " + rewrite, {type: "button", class: "plain"});
        button.onclick = () => take(rewrite);
        problem.append(button, " ");
      }
      problem.hidden = false;
      status.textContent = "";
    }

    // With the names that are near in place of the wrong one, then as the server would write it.
    function rewrites(error, text) {
      const bytes = encoder.encode(text), result = [];
      for (const one of (error.span && error.suggestions || []).slice(0, 3)) {
        result.push(decoder.decode(bytes.slice(0, error.span[0])) + one
          + decoder.decode(bytes.slice(error.span[1])));
      }
      if (error.rewrite && !result.includes(error.rewrite)) result.push(error.rewrite);
      return result;
    }

    function take(text, isAny) {
      query.value = text;
      if (isAny !== undefined) match = isAny ? "any" : "all";
      query.focus();
      ask();
    }

    function show(answer, offset) {
      last = answer;
      const total = answer.total.value;
      status.textContent = (total === 1 ? "1 section" : total.toLocaleString() + " sections")
        + [match === "any" ? "with any of the words" : "", ...answer.warnings.map(one => one.message)]
          .filter(Boolean).map(one => " · " + one).join("");
      if (!offset) { shown = []; chosen = -1; hits.replaceChildren(); }
      hits.querySelector(".more")?.remove();
      for (const hit of answer.hits) { shown.push(hit); hits.append(card(hit, shown.length - 1)); }
      if (!total) hits.append(empty(answer.suggestions));
      if (shown.length < total) {
        const more = element("button", "More", {type: "button", class: "more"});
        more.onclick = () => ask(shown.length);
        hits.append(more);
      }
    }

    function empty(suggestions) {
      const box = element("div", null, {class: "empty"});
      box.append(element("p", "No section matches."));
      for (const one of suggestions) {
        const isAny = one.reason.startsWith("with --match any");
        const text = isAny ? "any of the words: " + one.total + " found"
          : one.reason + ": " + one.total + " found by " + one.query;
        const button = element("button", text, {type: "button", class: "plain"});
        button.onclick = () => take(one.query, isAny);
        box.append(button);
      }
      return box;
    }

    function card(hit, place) {
      const box = element("article", null, {class: "hit", tabindex: "0", "aria-current": "false"});
      const title = element("h2"), address = new URL(location.href);
      address.searchParams.set("section", hit.id);
      title.append(element("a", hit.headings[hit.headings.length - 1] || hit.document,
        {href: address.search, tabindex: "-1"}));
      box.append(title);
      box.append(element("div", hit.headings.slice(0, -1).join(" › "), {class: "path"}));
      const line = element("div", hit.path + ":" + hit.line, {class: "path"});
      if (hit.stale) line.append(element("span", " changed since it was indexed", {class: "stale"}));
      box.append(line, highlighted(hit.snippet, hit.highlights));
      const list = element("ul", null, {class: "values", "aria-label": "Values"});
      for (const [field, values] of Object.entries(hit.values)) {
        for (const value of values.slice(0, 4)) list.append(element("li", field + ": " + amount(value)));
      }
      if (list.children.length) box.append(list);
      box.onclick = event => {
        if (event.ctrlKey || event.metaKey || event.shiftKey || !getSelection().isCollapsed) return;
        event.preventDefault();
        choose(place);
        read(hit.id);
      };
      box.onfocus = () => choose(place);
      return box;
    }

    function choose(place) {
      const cards = hits.querySelectorAll(".hit");
      if (!cards.length) return;
      chosen = Math.max(0, Math.min(cards.length - 1, place));
      cards.forEach((one, index) => one.setAttribute("aria-current", String(index === chosen)));
      if (document.activeElement !== cards[chosen]) cards[chosen].focus({preventScroll: true});
      cards[chosen].scrollIntoView({block: "nearest"});
    }

    // A section

    async function read(id, isBack) {
      const section = await get("/v1/sections/" + encodeURIComponent(id));
      if (section.error) { status.textContent = section.error.message; return; }
      openID = section.id;
      const address = new URL(location.href);
      address.searchParams.set("section", id);
      if (!isBack) history.replaceState(null, "", address);
      reader.replaceChildren();
      const close = element("button", "Close", {type: "button", class: "plain"});
      close.onclick = leave;
      reader.append(close, element("h2", section.headings[section.headings.length - 1] || section.document));
      reader.append(element("div", section.headings.join(" › "), {class: "path"}));
      reader.append(element("div", section.path + ":" + section.line + "–" + section.endLine, {class: "path"}));
      const list = element("dl");
      for (const [field, values] of Object.entries(section.values)) {
        list.append(element("dt", field));
        list.append(element("dd", values.map(amount).join("; ")));
      }
      reader.append(list, element("div", section.text, {class: "text"}));
      outline(section);
      reader.hidden = false;
      columns.classList.add("reading");
      reader.scrollTop = 0;
      reader.focus({preventScroll: true});
      reader.scrollIntoView({block: "nearest"});
    }

    // The headings of the section's document, in order, each a way to its section.
    async function outline(section) {
      const path = section.path.replace(/["\\]/g, "?");
      const answer = await get("/v1/search", {q: "path:\"" + path + "\"", limit: 100});
      if (openID !== section.id || answer.error) return;
      const parts = answer.hits.filter(hit => hit.path === section.path)
        .sort((a, b) => a.line - b.line || a.rank - b.rank);
      if (parts.length < 2) return;
      const box = element("nav", null, {"aria-labelledby": "outline"}), list = element("ol");
      box.append(element("h3", section.document, {id: "outline"}));
      const top = Math.min(...parts.map(part => part.headings.length));
      for (const part of parts) {
        const line = element("li", null, {class: "depth" + Math.min(4, part.headings.length - top)});
        const button = element("button", part.headings[part.headings.length - 1] || part.document,
          {type: "button"});
        if (part.id === section.id) button.setAttribute("aria-current", "true");
        button.onclick = () => read(part.id);
        line.append(button);
        list.append(line);
      }
      if (answer.total.value > answer.hits.length) list.append(element("li", "…"));
      box.append(list);
      reader.append(box);
    }

    function shut() {
      reader.hidden = true;
      openID = null;
      columns.classList.remove("reading");
      const address = new URL(location.href);
      address.searchParams.delete("section");
      history.replaceState(null, "", address);
    }

    function leave() {
      shut();
      if (chosen >= 0) choose(chosen); else query.focus();
    }

    // Narrowing

    async function narrow(text, number) {
      if (!fields) {
        const answer = await get("/v1/fields");
        fields = (answer.fields || []).filter(one => !["title", "heading", "path", "id", "modified",
          "format"].includes(one.name) && one.type !== "text" && one.type !== "date" && one.sections)
          .sort((a, b) => (b.type === "interval") - (a.type === "interval") || b.sections - a.sections)
          .slice(0, 5);
      }
      const made = [];
      for (const field of fields) {
        const answer = await get("/v1/facets", {field: field.name, q: text, match, limit: field.type === "interval" ? 40 : 8});
        if (number !== asked) return;
        if (!answer.error && answer.values.length) {
          made.push(field.type === "interval" ? histogram(field, answer) : buckets(field, answer));
        }
      }
      facets.replaceChildren(...made);
    }

    // The clause narrows the whole query: alternatives at its top go into brackets, controls stay outside.
    function add(clause) {
      const pieces = [""];
      let depth = 0, isQuoted = false;
      for (const sign of query.value.trim()) {
        if (sign === '"') isQuoted = !isQuoted;
        else if (!isQuoted) depth += (sign === "(") - (sign === ")");
        if (sign === " " && !isQuoted && !depth) pieces.push(""); else pieces[pieces.length - 1] += sign;
      }
      const isControl = piece => /^(sort|scope|group):/.test(piece);
      let words = pieces.filter(piece => piece && !isControl(piece));
      if (words.includes("OR") || words.includes("|")) words = ["(" + words.join(" ") + ")"];
      take([...words, clause, ...pieces.filter(isControl)].join(" "));
    }

    function buckets(field, answer) {
      const box = element("section");
      box.append(element("h2", field.name));
      for (const value of answer.values) {
        const button = element("button", null, {type: "button", title: value.clause,
          "aria-label": value.value + ", " + value.count + (value.count === 1 ? " section" : " sections")});
        button.append(element("span", value.value), element("span", String(value.count), {class: "count"}));
        button.onclick = () => add(value.clause);
        box.append(button);
      }
      return box;
    }

    function bounds(clause) {
      const found = clause.match(/:(-?[\d.]+)?\.\.(-?[\d.]+)?/);
      if (found) return [found[1] === undefined ? null : +found[1], found[2] === undefined ? null : +found[2]];
      const single = clause.match(/[>=<:]+\$?(-?[\d.]+)/);
      return single ? [+single[1], +single[1]] : null;
    }

    function histogram(field, answer) {
      const box = element("section");
      box.append(element("h2", field.name + (field.unit ? " (" + field.unit + ")" : "")));
      const bars = answer.values.map(value => ({...value, range: bounds(value.clause)}))
        .filter(bar => bar.range);
      if (!bars.length) return buckets(field, answer);
      bars.sort((a, b) => (a.range[0] ?? -Infinity) - (b.range[0] ?? -Infinity));
      const most = Math.max(...bars.map(bar => bar.count)), width = 100 / bars.length;
      const space = "http://www.w3.org/2000/svg";
      const picture = document.createElementNS(space, "svg");
      picture.setAttribute("viewBox", "0 0 100 40");
      picture.setAttribute("preserveAspectRatio", "none");
      picture.setAttribute("class", "histogram");
      picture.setAttribute("role", "img");
      picture.setAttribute("aria-label", field.name + ": " + bars.map(bar => bar.value + " " + bar.count).join(", "));
      const drawn = bars.map((bar, index) => {
        const shape = document.createElementNS(space, "rect");
        const height = Math.max(1, 38 * bar.count / most);
        const place = {x: index * width + .4, y: 40 - height, width: Math.max(.5, width - .8), height};
        for (const [key, value] of Object.entries(place)) shape.setAttribute(key, value);
        shape.setAttribute("class", "bar");
        const title = document.createElementNS(space, "title");
        title.textContent = bar.value + ": " + bar.count;
        shape.append(title);
        picture.append(shape);
        return shape;
      });
      const low = element("input", null, {type: "number", step: "any", "aria-label": field.name + " from",
        placeholder: bars[0].range[0] ?? ""});
      const high = element("input", null, {type: "number", step: "any", "aria-label": field.name + " to",
        placeholder: Math.ceil(bars[bars.length - 1].range[1] ?? 0) || ""});
      const scale = element("div", null, {class: "scale", "aria-hidden": "true"});
      for (const bar of bars.length > 1 ? [bars[0], bars[bars.length - 1]] : bars) {
        scale.append(element("span", short(bar.range[bar === bars[0] ? 0 : 1])));
      }
      const apply = () => {
        if (low.value || high.value) add(field.name + ":" + low.value + ".." + high.value);
      };
      for (const input of [low, high]) {
        input.onkeydown = event => { if (event.key === "Enter") { event.preventDefault(); apply(); } };
      }
      let from = null;
      const at = event => {
        const frame = picture.getBoundingClientRect();
        const place = Math.floor((event.clientX - frame.left) / frame.width * bars.length);
        return Math.max(0, Math.min(bars.length - 1, place));
      };
      const paint = to => {
        const first = Math.min(from, to), end = Math.max(from, to);
        drawn.forEach((shape, index) => shape.classList.toggle("in", index >= first && index <= end));
        low.value = bars[first].range[0] ?? "";
        high.value = bars[end].range[1] ?? "";
      };
      picture.onpointerdown = event => { picture.setPointerCapture(event.pointerId); from = at(event); paint(from); };
      picture.onpointermove = event => { if (from !== null) paint(at(event)); };
      picture.onpointerup = () => { if (from !== null) { from = null; apply(); } };
      picture.onpointercancel = () => { from = null; };
      const line = element("div", null, {class: "bounds"});
      const button = element("button", "Apply", {type: "button", class: "plain"});
      button.onclick = apply;
      line.append(low, element("span", "to"), high);
      box.append(picture, scale, line, button);
      return box;
    }

    function short(number) {
      return number === null ? "…"
        : new Intl.NumberFormat("en", {notation: "compact", maximumFractionDigits: 1}).format(number);
    }

    // Completion

    async function complete() {
      const text = query.value, place = encoder.encode(text.slice(0, query.selectionStart)).length;
      if (!text.trim()) { fold(); return; }
      const answer = await get("/v1/suggest", {q: text, at: place, limit: 8});
      if (query.value !== text || document.activeElement !== query || answer.error) return;
      const word = decoder.decode(encoder.encode(text).slice(answer.start, place));
      items = answer.items.filter(item => item.text !== word);
      start = answer.start;
      selected = -1;
      completions.replaceChildren(...items.map((item, index) => {
        const line = element("li", null, {role: "option", id: "completion" + index, "aria-selected": "false"});
        line.append(element("span", item.text));
        if (item.count !== undefined) line.append(element("span", String(item.count), {class: "count"}));
        line.onmousedown = event => { event.preventDefault(); accept(index); };
        return line;
      }));
      completions.hidden = !items.length || !word;
      query.setAttribute("aria-expanded", String(!completions.hidden));
    }

    function fold() {
      completions.hidden = true;
      selected = -1;
      query.setAttribute("aria-expanded", "false");
      query.removeAttribute("aria-activedescendant");
    }

    function select(index) {
      selected = (index + items.length) % items.length;
      [...completions.children].forEach((one, place) =>
        one.setAttribute("aria-selected", String(place === selected)));
      query.setAttribute("aria-activedescendant", "completion" + selected);
    }

    function accept(index) {
      const bytes = encoder.encode(query.value), cursor = encoder.encode(query.value.slice(0, query.selectionStart)).length;
      const before = decoder.decode(bytes.slice(0, start)) + items[index].text;
      query.value = before + decoder.decode(bytes.slice(cursor));
      query.setSelectionRange(before.length, before.length);
      fold();
      if (!before.endsWith(":")) ask(); else complete();
    }

    // Keys

    let waiting;
    query.addEventListener("input", () => {
      clearTimeout(waiting);
      waiting = setTimeout(() => { match = "all"; ask(); complete(); }, 120);
    });
    query.addEventListener("blur", fold);
    query.addEventListener("keydown", event => {
      if (!completions.hidden && (event.key === "ArrowDown" || event.key === "ArrowUp")) {
        event.preventDefault();
        select(selected + (event.key === "ArrowDown" ? 1 : selected < 0 ? 0 : -1));
      } else if (!completions.hidden && selected >= 0 && (event.key === "Enter" || event.key === "Tab")) {
        event.preventDefault();
        accept(selected);
      } else if (event.key === "Escape") {
        if (completions.hidden) query.blur(); else fold();
        event.stopPropagation();
      } else if (event.key === "ArrowDown" && shown.length) {
        event.preventDefault();
        choose(0);
      }
    });
    $("form").addEventListener("submit", event => {
      event.preventDefault();
      clearTimeout(waiting);
      fold();
      ask();
    });
    document.addEventListener("keydown", event => {
      if (event.ctrlKey || event.metaKey || event.altKey) return;
      const isTyping = event.target instanceof HTMLInputElement;
      if (event.key === "Escape" && openID) { leave(); return; }
      if (isTyping) return;
      if (event.key === "/") { event.preventDefault(); query.focus(); query.select(); }
      else if (event.key === "j" || event.key === "ArrowDown") { event.preventDefault(); choose(chosen + 1); }
      else if (event.key === "k" || event.key === "ArrowUp") { event.preventDefault(); choose(chosen - 1); }
      else if (event.key === "Enter" && chosen >= 0 && event.target.classList.contains("hit")) {
        event.preventDefault();
        read(shown[chosen].id);
      }
    });

    const given = new URL(location.href).searchParams;
    if (given.get("match") === "any") match = "any";
    if (given.get("q")) { query.value = given.get("q"); ask(); }
    if (given.get("section")) read(given.get("section"), true);

    """#
}
