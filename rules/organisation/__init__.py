"""An organisation as one readable file: sites, places, assets, people and their calendars."""
