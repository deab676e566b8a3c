using MrAgreement.Parties;

namespace MrAgreement.EventSourcing;

/// <summary>A wish to change something, as data; who wishes it, and when, comes as the <see cref="Parties.Occasion"/>.</summary>
/// <param name="Act">What is to be done, of which the right to do it follows.</param>
public abstract record Command(Act Act)
{
    /// <summary>What it is to be done to.</summary>
    public virtual Subject Subject => default;
}

/// <summary>What a rule answers to a command: events to append, nothing, or a refusal.</summary>
public abstract record Decision
{
    public static implicit operator Decision(Event happened) => new Accepted([happened]);
}

/// <summary>The command is accepted: these events are to be appended together.</summary>
public record Accepted(IReadOnlyList<Event> Events) : Decision;

/// <summary>The same person has already done it: a retry changes nothing.</summary>
public sealed record Nothing : Decision;

/// <summary>The command is refused. The sentences that belong to the slug stand in the texts of each language.</summary>
/// <param name="Slug">Stable name of the reason, as in <c>requisition-exceeds-instalment</c>.</param>
/// <param name="Values">What the sentence names: place in the text, and the value to put there.</param>
public sealed record Refused(string Slug, RefusalKind Kind, params IReadOnlyList<(string Place, object Value)> Values) : Decision
{
    public Refused(string slug, params IReadOnlyList<(string Place, object Value)> values) : this(slug, RefusalKind.NotNow, values) { }

    /// <summary>The same, said of what was sent: something else of the kind may be done.</summary>
    public Refused NotSo() => Kind == RefusalKind.NotNow ? this with { Kind = RefusalKind.NotSo } : this;

    /// <summary>The separate faults, when there are several.</summary>
    public IReadOnlyList<Fault> Faults { get; init; } = [];

    /// <summary>What was sent can't be right. Named after the broken rule when there is one only.</summary>
    public static Refused Invalid(params IReadOnlyList<Fault> faults) =>
        faults.DistinctBy(fault => fault.Rule).Count() == 1
            ? new(faults[0].Rule, RefusalKind.Invalid, faults[0].Values) { Faults = faults }
            : new("invalid-content", RefusalKind.Invalid) { Faults = faults };

    /// <summary>The refusal of a text that is all there is to be wrong; null when it is neither blank nor too long.</summary>
    public static Refused? Text(string pointer, string text, int max) =>
        Fault.Text(pointer, text, max) is { } fault ? Invalid(fault) : null;

    /// <summary>The same of a text that may be left out.</summary>
    public static Refused? OptionalText(string pointer, string? text, int max) =>
        Fault.OptionalText(pointer, text, max) is { } fault ? Invalid(fault) : null;
}

/// <summary>Why a command is refused: what sort of mend it needs.</summary>
public enum RefusalKind
{
    /// <summary>As things stand nothing of the kind may be done, whatever is sent.</summary>
    NotNow,

    /// <summary>As things stand just this may not be done, and something else of the kind may.</summary>
    NotSo,

    /// <summary>What was sent can't be right, whatever the state.</summary>
    Invalid,

    /// <summary>This person may not do it.</summary>
    Forbidden,

    /// <summary>There is no such thing, or this person may not know of it.</summary>
    NotFound
}

/// <summary>One fault in what was sent.</summary>
/// <param name="Pointer">JSON pointer to the place, as in <c>/obligations/3/due</c>.</param>
/// <param name="Rule">Stable name of the broken rule.</param>
public sealed record Fault(string Pointer, string Rule, params IReadOnlyList<(string Place, object Value)> Values)
{
    /// <summary>Line of an uploaded file, from 1; null for a fault in a body.</summary>
    public int? Line { get; private init; }

    /// <summary>Heading of the column of an uploaded table; null for a fault elsewhere.</summary>
    public string? Column { get; private init; }

    /// <summary>A fault in a cell of an uploaded table.</summary>
    /// <param name="row">From 1, the headings counted.</param>
    public static Fault InCell(int row, string column, string rule, params IReadOnlyList<(string Place, object Value)> values) =>
        new("", rule, values) { Line = row, Column = column };

    /// <summary>A fault on a line of an uploaded file.</summary>
    public static Fault OnLine(int line, string rule, params IReadOnlyList<(string Place, object Value)> values) =>
        new("", rule, values) { Line = line };

    /// <summary>The fault of a text that must be there; null when it is neither blank nor longer than so many characters.</summary>
    public static Fault? Text(string pointer, string text, int max) =>
        text.Trim().Length is var length && (length == 0 || length > max) ? TooLong(pointer, max) : null;

    /// <summary>The fault of a text that may be left out; null when it is not longer than so many characters.</summary>
    public static Fault? OptionalText(string pointer, string? text, int max) => text?.Length > max ? TooLong(pointer, max) : null;

    static Fault TooLong(string pointer, int max) => new(pointer, "text-length", ("max", max));
}

/// <summary>Faults as they are gathered.</summary>
public static class Faults
{
    /// <summary>Adds the fault of a text that must be there, if it has one.</summary>
    public static void AddText(this List<Fault> faults, string pointer, string text, int max)
    {
        if (Fault.Text(pointer, text, max) is { } fault)
            faults.Add(fault);
    }

    /// <summary>Adds the fault of a name, if it has one: letters that nobody sees pass it for another.</summary>
    public static void AddName(this List<Fault> faults, string pointer, string name)
    {
        if (HiddenLetters.AreIn(name))
            faults.Add(new(pointer, "hidden-letters"));
        else
            faults.AddText(pointer, name, 200);
    }

    /// <summary>Adds the fault of a text that may be left out, if it has one.</summary>
    public static void AddOptionalText(this List<Fault> faults, string pointer, string? text, int max)
    {
        if (Fault.OptionalText(pointer, text, max) is { } fault)
            faults.Add(fault);
    }
}
