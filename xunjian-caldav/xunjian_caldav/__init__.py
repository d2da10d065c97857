"""A CalDAV bridge to Xunjian: a Radicale that keeps nothing and asks Xunjian for everything."""
