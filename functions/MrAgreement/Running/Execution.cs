using MrAgreement.Agreements;

namespace MrAgreement.Running;

/// <summary>What a request asks besides its command.</summary>
/// <param name="Key">Its idempotency key, if it has one.</param>
/// <param name="Hash">SHA-256 over method, path and body.</param>
/// <param name="Precondition">What stands against it as things are (a stale <c>If-Match</c>), or null.</param>
/// <param name="Answer">The answer to keep for the key, from the dossier after the change.</param>
public sealed record Request(string? Key, Sha256 Hash, Func<Dossier, Refused?>? Precondition, Func<Dossier, Answer> Answer);

/// <summary>What became of a command.</summary>
/// <param name="Dossier">The dossier after it.</param>
/// <param name="Refused">Why it was refused; null when it was not.</param>
/// <param name="Repeated">The answer that the same request got before; null when it is the first.</param>
public sealed record Execution(Dossier Dossier, Refused? Refused, Answer? Repeated)
{
    /// <summary>Whether anything was appended.</summary>
    public bool Changed => First is not null;

    /// <summary>Sequence of the first event that was appended; null when none was.</summary>
    public long? First { get; init; }

    /// <summary>The answer that was kept for the request's idempotency key; null when it had none, or nothing was appended.</summary>
    public Answer? Answer { get; init; }
}

/// <summary>A log that did not hold any more what was remembered of it:
/// its store was set back, or has lost what was acknowledged.</summary>
/// <param name="Remembered">Sequence of the last event that was known.</param>
/// <param name="Found">Sequence of the last event that there was then; 0
/// for none. As high as that, or higher, it held other events.</param>
public sealed record Setback(AgreementId Agreement, long Remembered, long Found);

/// <summary>What an agreement did of itself.</summary>
/// <param name="Dossier">The dossier after it; null when there is none.</param>
/// <param name="Appended">Events that came of it.</param>
/// <param name="Sent">Reminders among them.</param>
public sealed record Advanced(Dossier? Dossier, int Appended, int Sent)
{
    /// <summary>Whether it did nothing but remind, of which the overviews show nothing.</summary>
    public bool OnlyReminded => Sent > 0 && Sent == Appended;
}
