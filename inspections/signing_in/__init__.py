"""How people get in and stay in: passwords, one-time links, sessions, tablets, single sign-on."""
