/// The search page: three texts that load nothing from elsewhere. What documents say is put in as text,
/// never as markup.
enum Page {
  static let html = """
    <!doctype html>
    <html lang="en">
    <head>
    <meta charset="utf-8">
    <meta name="viewport" content="width=device-width, initial-scale=1">
    <meta name="color-scheme" content="light dark">
    <title>kbsearch</title>
    <link rel="icon" href="data:,">
    <link rel="stylesheet" href="/page.css">
    </head>
    <body>
    <a class="skip" href="#hits">Skip to the hits</a>
    <header>
    <form id="form" role="search" action="/">
    <h1><label for="query">Search the sections</label></h1>
    <div class="field">
    <input id="query" name="q" type="text" role="combobox" aria-expanded="false"
      aria-controls="completions" aria-autocomplete="list" aria-describedby="problem status"
      autocomplete="off" autocapitalize="off" autocorrect="off" spellcheck="false" maxlength="10000"
      placeholder="pytorch salary>150000" autofocus>
    <ul id="completions" role="listbox" aria-label="Completions" hidden></ul>
    </div>
    <div id="problem" role="alert" hidden></div>
    </form>
    <p id="status" role="status"></p>
    </header>
    <div class="columns">
    <aside id="facets" aria-label="Narrow the answer"></aside>
    <main id="hits" aria-label="Hits" tabindex="-1"></main>
    <section id="reader" aria-label="The section in its document" tabindex="-1" hidden></section>
    </div>
    <footer>
    <p><kbd>/</kbd> query <kbd>j</kbd> <kbd>k</kbd> hits <kbd>Enter</kbd> read <kbd>Esc</kbd> back</p>
    </footer>
    <noscript><p>This page needs JavaScript; <code>/v1/search?q=</code> does not.</p></noscript>
    <script src="/page.js" defer></script>
    </body>
    </html>

    """
}
