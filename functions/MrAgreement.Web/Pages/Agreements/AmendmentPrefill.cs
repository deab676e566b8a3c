using System.Globalization;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Primitives;
using MrAgreement.Agreements;
using MrAgreement.Money;
using NodaTime.Text;

namespace MrAgreement.Web.Pages.Agreements;

/// <summary>The form of an amendment as it is opened with changes in it: what a contested amendment says, to be put right, or what restores
/// what held before one.</summary>
/// <param name="Fields">As somebody would have filled them in.</param>
/// <param name="Left">Whether there is something that the form has no field for, or that no amendment turns round.</param>
sealed record AmendmentPrefill(IFormCollection Fields, bool Left)
{
    /// <summary>The query's names: the number of the contested one that it is to stand in the place of, or of the one whose changes it
    /// turns round.</summary>
    public const string Instead = "instead", Restores = "restores";

    /// <summary>The contested amendment anew: its own words, in its place.</summary>
    public static AmendmentPrefill Anew(Amendment contested, Func<Kronor, string> written)
    {
        var it = contested.Proposed;
        return Of(it.Changes, written, false, ("decidedOn", Iso(it.DecidedOn)), ("reference", it.Reference),
            ("effectiveFrom", Iso(it.EffectiveFrom)), ("settles", Number(contested.Number)));
    }

    public static AmendmentPrefill Restoring(AmendmentRestoring it, Func<Kronor, string> written) =>
        Of(it.Changes, written, it.Left.Count > 0);

    static AmendmentPrefill Of(IReadOnlyList<AmendmentChange> changes, Func<Kronor, string> written, bool left,
        params IReadOnlyList<(string Name, string Value)> whole)
    {
        var fields = whole.ToDictionary(field => field.Name, field => new StringValues(field.Value));
        foreach (var (i, change) in changes.Index())
        {
            var (kind, told, isWhole) = Row(change, written);
            foreach (var (name, value) in told.Where(field => field.Value is not null))
                fields[$"changes/{i}/{kind}/{name}"] = value;
            left |= !isWhole;
        }
        return new(new FormCollection(fields), left);
    }

    // By the form's own fields; and whether they say all of it.
    static (string Kind, IReadOnlyList<(string Name, string? Value)> Fields, bool IsWhole) Row(AmendmentChange it,
        Func<Kronor, string> written) => it switch
        {
            { Reschedule: { } to } => (AmendmentForms.Reschedule, [("key", to.Key), ("due/on", Day(to.Due.On))], to.Due.On is not null),
            { Revise: { } to } => (AmendmentForms.Revise, [("key", to.Key), ("title", to.Title), ("text", to.Text),
                ("documents/other", to.Documents is { } kinds ? string.Join(", ", kinds) : null)], true),
            { Add: { } add } => (AmendmentForms.Add, [("title", add.Title), ("kind", $"{add.Kind}"),
                ("responsible", add.Responsible.Count > 0 ? add.Responsible[0] : null), ("recipient", add.Recipient),
                ("due/on", Day(add.Due.On)), ("acceptance", add.Acceptance == true ? "true" : null)],
                add.Responsible.Count == 1 && (add.Due.On is not null || add.Due.None is true)),
            { Drop: { } drop } => (AmendmentForms.Drop, [("key", drop.Key), ("reason", drop.Reason)], true),
            { Instalment: { } to } => (AmendmentForms.Instalment, [("key", to.Key), ("amount", to.Amount is { } sum ? written(sum) : null),
                ("condition", to.Condition), ("unconditional", to.Unconditional is true ? "true" : null),
                ("requisitionDueOn", Day(to.RequisitionDueOn))], true),
            { Raise: { } raise } => (AmendmentForms.Raise, [("instalment", raise.Instalment), ("amount", written(raise.Amount))], true),
            { Period: { } period } => (AmendmentForms.Period, [("from", Iso(period.From)), ("to", Iso(period.To))], true),
            { Join: { } party } => (AmendmentForms.Join, [("key", party.Key), ("name", party.Name), ("role", $"{party.Role}"),
                ("organisationNumber", $"{party.OrganisationNumber}")], party.Duties is not { Count: > 0 } && party.SignOff is not true),
            { Leave: { } gone } => (AmendmentForms.Leave, [("key", gone.Key)], true),
            { TakeOver: { } take } => (AmendmentForms.TakeOver, [("from", take.From), ("key", take.Key), ("name", take.Name),
                ("organisationNumber", $"{take.OrganisationNumber}")], true),
            { Duty: { } given } => (AmendmentForms.Duty, [("duty", $"{given.Duty}"), ("party", given.Party), ("until", Day(given.Until))],
                true),
            { Reminders: { } plan } => (AmendmentForms.Reminders, [("before", Days(plan.Before)), ("overdue", Days(plan.Overdue)),
                ("review", plan.Review is { } review ? Days(review) : null)], true),
            _ => ("", [], false)
        };

    static string Days(IReadOnlyList<int> days) => string.Join(", ", days.Select(Number));

    static string Number(int number) => number.ToString(CultureInfo.InvariantCulture);

    static string Iso(LocalDate day) => LocalDatePattern.Iso.Format(day);

    static string? Day(LocalDate? day) => day is { } known ? Iso(known) : null;
}
