namespace MrAgreement.Tests.EventSourcing;

public class HashChainTests
{
    static readonly AgreementId id = Some.AgreementId();

    static List<StoredEvent> Log => [.. GoldenLife.Log.Take(10)];

    static long? BreakAfter(Action<List<StoredEvent>> change)
    {
        var log = Log;
        change(log);
        return HashChain.FirstBreak(id, log);
    }

    [Fact]
    public void An_untouched_log_holds() => Assert.Null(HashChain.FirstBreak(id, GoldenLife.Log));

    [Fact]
    public void A_changed_payload_is_found() => Assert.Equal(3, BreakAfter(log => log[2] = log[2] with { Data = "{}"u8.ToArray() }));

    [Fact]
    public void A_payload_changed_with_its_digest_is_found() =>
        Assert.Equal(3, BreakAfter(log => log[2] = log[2] with { Data = "{}"u8.ToArray(), Digest = Sha256.Of("{}"u8) }));

    [Fact]
    public void A_row_that_was_made_anew_is_found_by_the_next() =>
        Assert.Equal(4, BreakAfter(log => log[2] = HashChain.Next(log[1].Hash, 3, log[2].At, log[2].Actor, log[2].Type, "{}"u8.ToArray())));

    [Fact]
    public void A_changed_envelope_is_found()
    {
        Assert.Equal(3, BreakAfter(log => log[2] = log[2] with { Actor = Some.Payer.Id }));
        Assert.Equal(3, BreakAfter(log => log[2] = log[2] with { At = log[2].At.PlusTicks(10_000) }));
        Assert.Equal(3, BreakAfter(log => log[2] = log[2] with { Type = "agreement-closed" }));
        Assert.Equal(3, BreakAfter(log => log[2] = log[2] with { Sequence = 4 }));
    }

    [Fact]
    public void A_removed_row_is_found()
    {
        Assert.Equal(3, BreakAfter(log => log.RemoveAt(2)));
        Assert.Equal(1, BreakAfter(log => log.RemoveAt(0)));
    }

    [Fact]
    public void Exchanged_rows_are_found() => Assert.Equal(3, BreakAfter(log => (log[2], log[3]) = (log[3], log[2])));

    [Fact]
    public void An_inserted_row_is_found() =>
        Assert.Equal(4, BreakAfter(log => log.Insert(2, HashChain.Next(log[1].Hash, 3, log[1].At, log[1].Actor, "agreement-closed", "{}"u8.ToArray()))));

    [Fact]
    public void Another_agreement_s_log_is_found() => Assert.Equal(1, HashChain.FirstBreak(Some.AgreementId(2), Log));

    [Fact]
    public void An_erased_payload_leaves_a_gap_that_still_verifies() => Assert.Null(BreakAfter(log => log[2] = log[2] with { Data = null }));

    [Fact]
    public void Text_in_one_field_cannot_pass_for_text_in_the_next()
    {
        var at = Some.Utc("2014-06-13T10:00:00Z");

        Assert.NotEqual(
            HashChain.Next(HashChain.Start(id), 1, at, new("ab"), "c", []).Hash,
            HashChain.Next(HashChain.Start(id), 1, at, new("a"), "bc", []).Hash);
    }
}
