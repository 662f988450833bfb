print("kbsearch-extract")
