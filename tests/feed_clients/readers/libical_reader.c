/* Print what libical reads of a feed, a line for each component, and the errors it finds. */
#include <libical/ical.h>
#include <stdio.h>
#include <stdlib.h>

static void told(struct icaltimetype at) {
    if (at.is_date) {
        printf("\t%04d-%02d-%02d", at.year, at.month, at.day);
        return;
    }
    struct icaltimetype utc = icaltime_convert_to_zone(at, icaltimezone_get_utc_timezone());
    printf("\t%04d-%02d-%02dT%02d:%02d:%02dZ", utc.year, utc.month, utc.day, utc.hour, utc.minute,
           utc.second);
}

/* The zone written in the feed, never the one that libical would know by that name. */
static struct icaltimetype in_zone(icalcomponent *whole, icalcomponent *part, icalproperty_kind kind) {
    icalproperty *found = icalcomponent_get_first_property(part, kind);
    icalvalue *value = icalproperty_get_value(found);
    struct icaltimetype at = icalvalue_isa(value) == ICAL_DATE_VALUE ? icalvalue_get_date(value)
                                                                     : icalvalue_get_datetime(value);
    icalparameter *name = icalproperty_get_first_parameter(found, ICAL_TZID_PARAMETER);
    if (name != NULL) {
        icaltimezone *zone = icalcomponent_get_timezone(whole, icalparameter_get_tzid(name));
        if (zone == NULL) exit(3);
        icaltime_set_timezone(&at, zone);
    }
    return at;
}

static int errors(icalcomponent *part) {
    int count = icalcomponent_count_properties(part, ICAL_XLICERROR_PROPERTY);
    icalcomponent *child = icalcomponent_get_first_component(part, ICAL_ANY_COMPONENT);
    for (; child != NULL; child = icalcomponent_get_next_component(part, ICAL_ANY_COMPONENT))
        count += errors(child);
    return count;
}

int main(int count, char **given) {
    FILE *file = count > 1 ? fopen(given[1], "rb") : stdin;
    size_t size = 8 * 1024 * 1024, length;
    char *text = calloc(size, 1);
    if (file == NULL || text == NULL) return 2;
    length = fread(text, 1, size - 1, file);
    text[length] = 0;
    icalcomponent *whole = icalparser_parse_string(text);
    if (whole == NULL) return 2;
    icalrestriction_check(whole);
    int wrong = errors(whole);
    icalcomponent *part = icalcomponent_get_first_component(whole, ICAL_ANY_COMPONENT);
    for (; part != NULL; part = icalcomponent_get_next_component(whole, ICAL_ANY_COMPONENT)) {
        icalcomponent_kind kind = icalcomponent_isa(part);
        if (kind != ICAL_VEVENT_COMPONENT && kind != ICAL_VTODO_COMPONENT) continue;
        int event = kind == ICAL_VEVENT_COMPONENT;
        printf("%s", icalcomponent_get_uid(part));
        told(in_zone(whole, part, ICAL_DTSTART_PROPERTY));
        told(in_zone(whole, part, event ? ICAL_DTEND_PROPERTY : ICAL_DUE_PROPERTY));
        printf("\n");
    }
    fprintf(stderr, "%d\n", wrong);
    return wrong == 0 ? 0 : 1;
}
