// Xapian
