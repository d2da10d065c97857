import static ai.timefold.solver.core.api.score.stream.ConstraintCollectors.count;
import static ai.timefold.solver.core.api.score.stream.ConstraintCollectors.countDistinct;
import static ai.timefold.solver.core.api.score.stream.ConstraintCollectors.sum;
import static ai.timefold.solver.core.api.score.stream.ConstraintCollectors.toConsecutiveSequences;
import static ai.timefold.solver.core.api.score.stream.Joiners.equal;

import ai.timefold.solver.core.api.score.buildin.hardsoftlong.HardSoftLongScore;
import ai.timefold.solver.core.api.score.stream.Constraint;
import ai.timefold.solver.core.api.score.stream.ConstraintFactory;
import ai.timefold.solver.core.api.score.stream.ConstraintProvider;
import ai.timefold.solver.core.api.score.stream.common.Break;
import ai.timefold.solver.core.api.score.stream.common.Sequence;
import ai.timefold.solver.core.api.score.stream.common.SequenceChain;
import java.util.function.Function;

/** The rules of the format as constraint streams; hard ones count by how far they are missed. */
public class RosterRules implements ConstraintProvider {
    private static final HardSoftLongScore HARD = HardSoftLongScore.ONE_HARD;
    private static final HardSoftLongScore SOFT = HardSoftLongScore.ONE_SOFT;
    // Minutes weigh about as much as the days that other rules count.
    private static final int MINUTES_A_DAY = 480;

    @Override
    public Constraint[] defineConstraints(ConstraintFactory factory) {
        return new Constraint[] {
            succession(factory),
            shiftMaximum(factory),
            minutes(factory),
            runs(factory),
            rests(factory),
            weekends(factory),
            wishes(factory),
            cover(factory),
            nobody(factory),
        };
    }

    private Constraint succession(ConstraintFactory factory) {
        return factory.forEach(Duty.class)
                .join(
                        Duty.class,
                        equal(Duty::getEmployee),
                        equal(Duty::nextDay, Duty::getDay))
                .filter((one, next) -> one.getShift().forbids()[next.getShift().number()])
                .penalizeLong(HARD, (one, next) -> 1)
                .asConstraint("succession");
    }

    private Constraint shiftMaximum(ConstraintFactory factory) {
        return factory.forEach(Duty.class)
                .groupBy(Duty::getEmployee, Duty::getShift, count())
                .filter((person, shift, times) -> times > person.shiftMax()[shift.number()])
                .penalizeLong(
                        HARD,
                        (person, shift, times) -> times - person.shiftMax()[shift.number()])
                .asConstraint("maximum of a shift");
    }

    private Constraint minutes(ConstraintFactory factory) {
        return factory.forEachIncludingUnassigned(Duty.class)
                .groupBy(Duty::getEmployee, sum(Duty::minutes))
                .penalizeLong(HARD, RosterRules::daysOffTheContract)
                .asConstraint("minutes");
    }

    private static long daysOffTheContract(Employee person, int minutes) {
        int missed = Math.max(person.minutesMin() - minutes, minutes - person.minutesMax());
        return (Math.max(0, missed) + MINUTES_A_DAY - 1) / MINUTES_A_DAY;
    }

    private Constraint runs(ConstraintFactory factory) {
        return factory.forEach(Duty.class)
                .groupBy(Duty::getEmployee, toConsecutiveSequences(Duty::getDay))
                .flattenLast(SequenceChain::getConsecutiveSequences)
                .penalizeLong(HARD, RosterRules::daysOffTheRun)
                .asConstraint("days in a row");
    }

    private static long daysOffTheRun(Employee person, Sequence<Duty, Integer> run) {
        int length = run.getCount();
        boolean atEdge = run.getFirstItem().isAtEdge() || run.getLastItem().isAtEdge();
        int tooShort = atEdge ? 0 : person.runMin() - length;
        return Math.max(0, Math.max(tooShort, length - person.runMax()));
    }

    private Constraint rests(ConstraintFactory factory) {
        return factory.forEach(Duty.class)
                .groupBy(Duty::getEmployee, toConsecutiveSequences(Duty::getDay))
                .flattenLast(SequenceChain::getBreaks)
                .penalizeLong(HARD, RosterRules::daysOffTheRest)
                .asConstraint("days off in a row");
    }

    private static long daysOffTheRest(Employee person, Break<Duty, Integer> rest) {
        int days = rest.getNextSequenceStart().getDay() - rest.getPreviousSequenceEnd().getDay() - 1;
        return Math.max(0, person.restMin() - days);
    }

    private Constraint weekends(ConstraintFactory factory) {
        return factory.forEach(Duty.class)
                .filter(Duty::isWeekend)
                .groupBy(Duty::getEmployee, countDistinct(Duty::week))
                .filter((person, weekends) -> weekends > person.weekendsMax())
                .penalizeLong(HARD, (person, weekends) -> weekends - person.weekendsMax())
                .asConstraint("weekends");
    }

    private Constraint wishes(ConstraintFactory factory) {
        return factory.forEachIncludingUnassigned(Duty.class)
                .penalizeLong(SOFT, Duty::price)
                .asConstraint("wishes");
    }

    private Constraint cover(ConstraintFactory factory) {
        return factory.forEach(Duty.class)
                .groupBy(Duty::demand, count())
                .penalizeLong(SOFT, (demand, people) -> demand.costOf(people))
                .asConstraint("cover");
    }

    private Constraint nobody(ConstraintFactory factory) {
        return factory.forEach(Demand.class)
                .ifNotExists(Duty.class, equal(Function.identity(), Duty::demand))
                .penalizeLong(SOFT, demand -> demand.costOf(0))
                .asConstraint("nobody");
    }
}
