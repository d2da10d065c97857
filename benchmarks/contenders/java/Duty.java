import ai.timefold.solver.core.api.domain.entity.PlanningEntity;
import ai.timefold.solver.core.api.domain.valuerange.ValueRangeProvider;
import ai.timefold.solver.core.api.domain.variable.PlanningVariable;
import java.util.List;

/** One day of one person: the shift worked, or none. Days off that are settled have no duty. */
@PlanningEntity
public class Duty {
    private Employee employee;
    private int day;
    private boolean atEdge;
    private List<Shift> shifts;
    private List<Demand> demands;
    private long[] prices;

    @PlanningVariable(allowsUnassigned = true)
    private Shift shift;

    public Duty() {}

    /** Prices are those of each shift by number, and of a day off at the end. */
    Duty(Employee employee, int day, boolean atEdge, long[] prices) {
        this.employee = employee;
        this.day = day;
        this.atEdge = atEdge;
        this.prices = prices;
    }

    void choose(List<Shift> allowed, List<Demand> ofTheDay) {
        shifts = allowed;
        demands = ofTheDay;
    }

    @ValueRangeProvider
    public List<Shift> getShifts() {
        return shifts;
    }

    public Employee getEmployee() {
        return employee;
    }

    public Shift getShift() {
        return shift;
    }

    public int getDay() {
        return day;
    }

    public int nextDay() {
        return day + 1;
    }

    public int week() {
        return day / 7;
    }

    public boolean isWeekend() {
        return day % 7 >= 5;
    }

    public boolean isAtEdge() {
        return atEdge;
    }

    public int minutes() {
        return shift == null ? 0 : shift.minutes();
    }

    public Demand demand() {
        return demands.get(shift.number());
    }

    public long price() {
        return prices[shift == null ? prices.length - 1 : shift.number()];
    }
}
