print("kbsearch")
