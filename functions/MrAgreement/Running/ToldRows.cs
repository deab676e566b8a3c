namespace MrAgreement.Running;

/// <summary>Which rows of a log have been told: those after <paramref name="From"/>, up to and with <paramref name="To"/>.</summary>
/// <param name="From">What was there before mail was sent.</param>
/// <param name="Looked">Up to which row all has gone but what waits for somebody's morning; null where something else is left.</param>
/// <param name="Morning">The first of those mornings, by the domain's clock.</param>
public sealed record ToldRows(long From, long To, long? Looked = null, Instant? Morning = null)
{
    /// <summary>Whether there is something to do by then; null for ever.</summary>
    public bool LeavesSomethingOf(long top, Instant? now) => To < top && !(Looked >= top && Morning > now);
}
