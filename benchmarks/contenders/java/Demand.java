/** How many people a shift wants on a day, and what each too few or too many costs. */
public record Demand(int day, int shift, int need, int under, int over) {

    long costOf(int people) {
        return people < need ? (long) (need - people) * under : (long) (people - need) * over;
    }
}
