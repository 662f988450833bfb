extension Page {
  static let style = """
    :root { color-scheme: light dark; --text: #1b1f24; --soft: #57606a; --line: #d0d7de;
      --back: #ffffff; --raised: #f6f8fa; --accent: #0b57d0; --mark: #fff1a8; --bad: #b3261e; }
    @media (prefers-color-scheme: dark) { :root { --text: #e6e8eb; --soft: #9aa4af; --line: #363b42;
      --back: #14171a; --raised: #1d2126; --accent: #8ab4f8; --mark: #5c4d00; --bad: #ff8a80; } }
    * { box-sizing: border-box; }
    html { font: 16px/1.5 system-ui, sans-serif; color: var(--text); background: var(--back); }
    body { margin: 0; }
    .skip { position: absolute; left: -999px; }
    .skip:focus { left: 0; background: var(--back); padding: .5rem; z-index: 3; }
    header { padding: 1rem 1.25rem .25rem; border-bottom: 1px solid var(--line);
      background: var(--raised); position: sticky; top: 0; z-index: 2; }
    h1 { font-size: 1rem; font-weight: 600; margin: 0 0 .25rem; }
    .field { position: relative; max-width: 60rem; }
    #query { width: 100%; font: 1.05rem/1.4 ui-monospace, monospace; padding: .55rem .7rem;
      color: inherit; background: var(--back); border: 1px solid var(--soft); border-radius: .4rem; }
    #query:focus-visible, button:focus-visible, .hit:focus-visible, main:focus-visible,
    #reader:focus-visible, input:focus-visible { outline: 3px solid var(--accent);
      outline-offset: 1px; }
    #completions { position: absolute; left: 0; right: 0; margin: .15rem 0 0; padding: .25rem 0;
      list-style: none; background: var(--back); border: 1px solid var(--line);
      border-radius: .4rem; box-shadow: 0 4px 14px #0003; max-height: 16rem; overflow: auto;
      z-index: 3; font-family: ui-monospace, monospace; }
    #completions li { display: flex; justify-content: space-between; padding: .2rem .7rem;
      cursor: pointer; }
    #completions li[aria-selected=true] { background: var(--accent); color: var(--back); }
    #completions .count { opacity: .75; }
    #problem { max-width: 60rem; margin: .5rem 0; border-left: 4px solid var(--bad);
      padding: .1rem .7rem; }
    #problem pre { margin: .2rem 0; overflow: auto; font: .95rem/1.3 ui-monospace, monospace; }
    #problem .caret { color: var(--bad); font-weight: 700; }
    #status { margin: .4rem 0; color: var(--soft); min-height: 1.5em; }
    .columns { display: grid; grid-template-columns: 15rem minmax(0, 1fr);
      gap: 1.5rem; padding: 1rem 1.25rem; }
    .columns.reading { grid-template-columns: 15rem minmax(0, 1fr) minmax(0, 1.1fr); }
    .hit { border: 1px solid transparent; border-radius: .4rem; padding: .5rem .7rem;
      margin: 0 0 .6rem; cursor: pointer; overflow-wrap: anywhere; }
    .hit:hover { background: var(--raised); }
    .hit[aria-current=true] { border-color: var(--accent); background: var(--raised); }
    .hit, .more { scroll-margin: 9rem 0 1rem; }
    .hit h2 a { color: inherit; text-decoration: none; }
    .hit:hover h2 a { text-decoration: underline; }
    .columns.old { opacity: .55; }
    .hit h2 { font-size: 1.05rem; margin: 0; color: var(--accent); font-weight: 600; }
    .path { color: var(--soft); font-size: .85rem; }
    .hit p { margin: .25rem 0; }
    mark { background: var(--mark); color: inherit; border-radius: .15rem; }
    .values { display: flex; flex-wrap: wrap; gap: .3rem; margin: .3rem 0 0; padding: 0;
      list-style: none; font-size: .85rem; }
    .values li { background: var(--raised); border: 1px solid var(--line); border-radius: 1rem;
      padding: 0 .6rem; }
    .hit:hover .values li, .hit[aria-current=true] .values li { background: var(--back); }
    .stale { color: var(--bad); }
    aside h2 { font-size: .9rem; margin: .2rem 0; }
    aside section { margin-bottom: 1.1rem; }
    aside button { display: flex; width: 100%; gap: .4rem; justify-content: space-between;
      text-align: left; font: inherit; font-size: .9rem; color: inherit; background: none; border: 0;
      border-radius: .3rem; padding: .1rem .4rem; cursor: pointer; overflow-wrap: anywhere; }
    aside button:hover { background: var(--raised); }
    aside .count { color: var(--soft); }
    svg.histogram { width: 100%; height: 4.5rem; display: block; touch-action: none;
      cursor: crosshair; }
    svg.histogram rect.bar { fill: var(--soft); }
    svg.histogram rect.bar.in { fill: var(--accent); }
    .scale { display: flex; justify-content: space-between; color: var(--soft);
      font-size: .8rem; }
    .bounds { margin: .35rem 0; display: flex; gap: .3rem; align-items: center; font-size: .85rem; }
    .bounds input { width: 100%; min-width: 0; font: inherit; padding: .15rem .3rem; color: inherit;
      background: var(--back); border: 1px solid var(--line); border-radius: .3rem; }
    #reader { border-left: 1px solid var(--line); padding-left: 1.25rem; min-width: 0;
      overflow-wrap: anywhere; position: sticky; top: 7.5rem; align-self: start;
      max-height: calc(100vh - 8.5rem); overflow: auto; scroll-margin-top: 7.5rem; }
    #reader h2 { margin: 0 0 .2rem; font-size: 1.15rem; }
    #reader .text { white-space: pre-wrap; }
    #reader dl { display: grid; grid-template-columns: max-content 1fr; gap: 0 .8rem;
      font-size: .9rem; }
    #reader dt { color: var(--soft); }
    #reader dd { margin: 0; }
    #reader nav { border-top: 1px solid var(--line); margin-top: 1rem; padding-top: .6rem;
      font-size: .9rem; }
    #reader h3 { margin: 0 0 .3rem; font-size: .95rem; }
    #reader ol { margin: 0; padding: 0; list-style: none; }
    #reader li button { font: inherit; color: var(--accent); background: none; border: 0;
      padding: .1rem .4rem; text-align: left; cursor: pointer; border-radius: .3rem; }
    #reader li button[aria-current] { color: inherit; font-weight: 600; background: var(--raised); }
    .depth1 { padding-left: 1rem; } .depth2 { padding-left: 2rem; }
    .depth3 { padding-left: 3rem; } .depth4 { padding-left: 4rem; }
    #problem button { display: block; margin: .35rem 0; text-align: left; }
    aside .plain { justify-content: center; border: 1px solid var(--line); }
    .plain, .more { font: inherit; color: var(--accent); background: none; cursor: pointer;
      border: 1px solid var(--line); border-radius: .4rem; padding: .25rem .8rem; }
    footer { color: var(--soft); padding: 0 1.25rem 1rem; font-size: .85rem; }
    kbd { border: 1px solid var(--line); border-radius: .25rem; padding: 0 .3rem; }
    .empty button { display: block; margin: .3rem 0; text-align: left; }
    @media (max-width: 60rem) {
      .columns, .columns.reading { grid-template-columns: minmax(0, 1fr); }
      .columns.reading main, .columns.reading aside { display: none; }
      #reader { border: 0; padding: .5rem .7rem; border-radius: .4rem; position: static; max-height: none;
        scroll-margin-top: 1rem; }
      header { position: static; }
      .hit, .more { scroll-margin-top: 1rem; }
      aside { order: 2; }
      footer { display: none; }
    }
    @media (prefers-reduced-motion: no-preference) { html { scroll-behavior: smooth; } }

    """
}
