using MrAgreement.Parties;

namespace MrAgreement.Web.Http;

/// <summary>That the other side says of a record that it is not right.</summary>
/// <param name="Party">Key of the party that says so.</param>
/// <param name="Reason">What is not right.</param>
/// <param name="By">Who said so.</param>
/// <param name="At">When.</param>
public sealed record ContestView(string Party, string Reason, PersonView By, Instant At)
{
    internal static ContestView? Of(Contest? it, Viewpoint at) => it is null ? null : new(it.Party, it.Reason, at.Name(it.By), it.At);
}

/// <param name="Reason">What is not as it was recorded.</param>
public sealed record ContestRequest(string Reason);
