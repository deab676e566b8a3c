using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Primitives;

namespace MrAgreement.Web.Pages.Drafts;

/// <summary>When an obligation is due: a sentence that is chosen, and what stands in it.</summary>
sealed record DueIn() : SectionField("due")
{
    public const string Rule = "due/rule";

    /// <summary>The sentences to choose from, as the terms call them.</summary>
    public static readonly IReadOnlyList<string> Rules = ["on", "month", "everyYear", "before", "after", "signed", "scheduled", "none"];

    static readonly SectionField[] yearly = [new WholeIn("due/everyYear/month"), new WholeIn("due/everyYear/from"),
        new WholeIn("due/everyYear/to")];
    static readonly SectionField[] counted = [new WholeIn("due/days"), new WholeIn("due/months"), new WholeIn("due/from"),
        new WholeIn("due/to")];
    static readonly SectionField[] sinceSigned = [new WholeIn("due/days"), new WholeIn("due/months")];

    public override void Read(IFormCollection form, string within, JsonObject into)
    {
        switch (Typed(form, Rule))
        {
            case ("on" or "month") and var way:
                Put(into, $"due/{way}", Typed(form, $"due/{way}"));
                break;
            case "everyYear":
                Put(into, "due/everyYear", new JsonObject());
                foreach (var field in yearly)
                    field.Read(form, "", into);
                break;
            case ("before" or "after") and var way:
                Put(into, $"due/{way}", Typed(form, "due/other"));
                foreach (var field in counted)
                    field.Read(form, "", into);
                if (At(into, "due/days") is null)
                    Put(into, "due/days", 0);
                break;
            case "signed":
                Put(into, "due/signed", true);
                foreach (var field in sinceSigned)
                    field.Read(form, "", into);
                break;
            case ("scheduled" or "none") and var way:
                Put(into, $"due/{way}", true);
                break;
        }
    }

    public override void Show(JsonObject from, string within, Dictionary<string, StringValues> fields)
    {
        var due = from["due"] as JsonObject;
        fields[Rule] = Rules.FirstOrDefault(rule => due?.ContainsKey(rule) == true && due[rule] is not null) ?? "";
        fields["due/on"] = Written(due?["on"]);
        fields["due/month"] = Written(due?["month"]);
        fields["due/other"] = Written(due?["before"] ?? due?["after"]);
        foreach (var field in yearly.Concat(counted))
            field.Show(from, "", fields);
    }
}

/// <summary>What is our reading and no clause: a text for each part of the obligation that is.</summary>
sealed record ReadingIn() : SectionField("reading")
{
    public static readonly IReadOnlyList<string> Parts = ["due", "rests", "acceptance", "whole"];

    public override void Read(IFormCollection form, string within, JsonObject into)
    {
        foreach (var part in Parts)
            if (Typed(form, $"reading/{part}") is { Length: > 0 } text)
                Put(into, $"reading/{part}", text);
        // Of the obligation as a whole it is written as a text alone.
        if (into["reading"] is JsonObject { Count: 1 } one && one["whole"] is { } whole)
            into["reading"] = whole.DeepClone();
    }

    public override void Show(JsonObject from, string within, Dictionary<string, StringValues> fields)
    {
        foreach (var part in Parts)
            fields[$"reading/{part}"] = Written(from["reading"] is JsonObject parts ? parts[part] : part == "whole" ? from["reading"] : null);
    }
}

/// <summary>When reminders go out: as usual, or on days of the terms' own.</summary>
sealed record RemindersIn() : SectionField("reminders")
{
    public const string Own = "reminders/own";

    static readonly SectionField[] days = [new ListIn("reminders/before", true), new ListIn("reminders/overdue", true),
        new ListIn("reminders/review", true)];

    public override void Read(IFormCollection form, string within, JsonObject into)
    {
        if (!form.ContainsKey(Own))
            return;
        // None at all may be meant, too.
        Put(into, "reminders/before", new JsonArray());
        Put(into, "reminders/overdue", new JsonArray());
        foreach (var field in days)
            field.Read(form, "", into);
    }

    public override void Show(JsonObject from, string within, Dictionary<string, StringValues> fields)
    {
        if (from["reminders"] is not null)
            fields[Own] = "true";
        foreach (var field in days)
            field.Show(from, "", fields);
    }
}
