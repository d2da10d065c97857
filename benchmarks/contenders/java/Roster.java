import ai.timefold.solver.core.api.domain.solution.PlanningEntityCollectionProperty;
import ai.timefold.solver.core.api.domain.solution.PlanningScore;
import ai.timefold.solver.core.api.domain.solution.PlanningSolution;
import ai.timefold.solver.core.api.domain.solution.ProblemFactCollectionProperty;
import ai.timefold.solver.core.api.score.buildin.hardsoftlong.HardSoftLongScore;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;

/** All duties of a horizon, with what they are measured by. */
@PlanningSolution
public class Roster {
    private int people;
    private int days;
    private long fixedCost;

    @ProblemFactCollectionProperty
    private List<Demand> demands;

    @PlanningEntityCollectionProperty
    private List<Duty> duties;

    @PlanningScore
    private HardSoftLongScore score;

    public Roster() {}

    /** The fixed cost is that of wishes against settled days off, which no duty stands for. */
    Roster(int people, int days, long fixedCost, List<Demand> demands, List<Duty> duties) {
        this.people = people;
        this.days = days;
        this.fixedCost = fixedCost;
        this.demands = demands;
        this.duties = duties;
    }

    /** One line of JSON: the cost as this model counts it, and each cell by number, -1 for off. */
    String line() {
        int[] cells = new int[people * days];
        Arrays.fill(cells, -1);
        for (Duty duty : duties) {
            if (duty.getShift() != null) {
                cells[duty.getEmployee().number() * days + duty.getDay()] = duty.getShift().number();
            }
        }
        Object cost = score.isFeasible() ? fixedCost - score.softScore() : null;
        String row = Arrays.stream(cells).mapToObj(String::valueOf).collect(Collectors.joining(","));
        return "{\"cost\": " + cost + ", \"bound\": null, \"cells\": [" + row + "]}";
    }
}
