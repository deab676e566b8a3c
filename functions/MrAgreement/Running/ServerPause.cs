using MrAgreement.Messages;

namespace MrAgreement.Running;

/// <summary>How long a mail server that is out of reach is left alone: less and less often it is asked again.</summary>
/// <param name="machine">The real time, which servers live in.</param>
sealed class ServerPause(IClock machine)
{
    static readonly Duration first = Duration.FromSeconds(5);
    static readonly Duration longest = Duration.FromMinutes(5);

    readonly Lock turn = new();
    (Instant Until, Duration Pause, string? Said) down = (Instant.MinValue, Duration.Zero, null);

    /// <summary>Past when it is not left alone.</summary>
    public Instant Until
    {
        get
        {
            lock (turn)
                return down.Until - machine.GetCurrentInstant() <= longest ? down.Until : Instant.MinValue;
        }
    }

    /// <summary>What it has answered while it takes nothing; null where it does not answer.</summary>
    public string? Said
    {
        get
        {
            lock (turn)
                return down.Said;
        }
    }

    public void Heard(Handover said)
    {
        lock (turn)
            if (said.Outcome != HandoverOutcome.Down)
                down = (Instant.MinValue, Duration.Zero, null);
            else if (down.Until <= machine.GetCurrentInstant())
            {
                var pause = Duration.Min(longest, down.Pause == Duration.Zero ? first : down.Pause + down.Pause);
                down = (machine.GetCurrentInstant() + pause, pause, said.IsAnswer ? Attempts.Short(said.Reply) : null);
            }
    }
}
