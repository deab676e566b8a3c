using MrAgreement.Obligations;

namespace MrAgreement.Agreements;

/// <summary>What must hold of the agenda that terms give a joint obligation.</summary>
static class AgendaCheck
{
    const int MaxItems = 30;

    public static IEnumerable<Fault> Faults(ObligationTerms terms, string at)
    {
        if (terms.Agenda is not { } agenda)
            yield break;
        if (terms.Kind != ObligationKind.Joint)
            yield return new($"{at}/agenda", "agenda-of-joint");
        if (agenda.Count > MaxItems)
            yield return new($"{at}/agenda", "too-many", ("max", MaxItems));
        for (var i = 0; i < agenda.Count; i++)
        {
            if (!TermsCheck.IsKey(agenda[i].Key))
                yield return new($"{at}/agenda/{i}/key", "obligation-key", ("key", agenda[i].Key));
            if (agenda[i].Title.Trim().Length is 0 or > 300)
                yield return new($"{at}/agenda/{i}/title", "text-length", ("max", 300));
            if (agenda.Take(i).Any(item => item.Key == agenda[i].Key))
                yield return new($"{at}/agenda/{i}/key", "key-taken", ("key", agenda[i].Key));
        }
    }
}
