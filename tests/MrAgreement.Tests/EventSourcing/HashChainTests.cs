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

    static readonly Salt salt = Salt.Parse("000102030405060708090a0b0c0d0e0f");

    static StoredEvent Salted(Sha256 previous, long sequence = 1, string data = "{}") =>
        HashChain.Next(previous, sequence, Some.Utc("2014-06-13T10:00:00Z"), new("anna"), "agreement-signed", System.Text.Encoding.UTF8.GetBytes(data), salt);

    [Fact]
    public void A_salted_payload_s_digest_begins_with_a_mark_and_the_salt()
    {
        var row = Salted(HashChain.Start(id));
        Assert.Equal(Sha256.Of([1, 0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, .. "{}"u8]), row.Digest);
        var large = new string('å', 5000);
        Assert.Equal(Sha256.Of([1, .. salt.ToArray(), .. System.Text.Encoding.UTF8.GetBytes(large)]), Salted(HashChain.Start(id), data: large).Digest);
    }

    [Fact]
    public void Salted_and_other_rows_make_one_chain()
    {
        var log = Log;
        log.Add(Salted(log[^1].Hash, 11));
        log.Add(HashChain.Next(log[^1].Hash, 12, log[^1].At, new("anna"), "agreement-closed", "{}"u8.ToArray()));
        log.Add(Salted(log[^1].Hash, 13));
        Assert.Null(HashChain.FirstBreak(id, log));
        Assert.Null(HashChain.FirstBreak(id, log.Select(row => row with { Data = null, Salt = null })));
    }

    [Fact]
    public void A_salt_that_is_changed_taken_away_or_added_is_found()
    {
        var row = Salted(HashChain.Start(id));
        Assert.Equal(1, HashChain.FirstBreak(id, [row with { Salt = new Salt(new byte[16]) }]));
        Assert.Equal(1, HashChain.FirstBreak(id, [row with { Salt = null }]));
        Assert.Equal(1, HashChain.FirstBreak(id, [GoldenLife.Log[0] with { Salt = salt }]));
    }

    [Fact]
    public void The_chain_is_followed_past_a_row_of_which_only_the_seal_is_known()
    {
        var first = Salted(HashChain.Start(id));
        var second = Salted(first.Hash, 2, """{"secret":1}""");
        Assert.Equal(second.Hash, HashChain.Link(first.Hash, HashChain.Seal(second)));
        Assert.NotEqual(second.Hash, HashChain.Link(first.Hash, HashChain.Seal(second with { Actor = new("bo") })));
    }

    [Fact]
    public void Text_in_one_field_cannot_pass_for_text_in_the_next()
    {
        var at = Some.Utc("2014-06-13T10:00:00Z");

        Assert.NotEqual(
            HashChain.Next(HashChain.Start(id), 1, at, new("ab"), "c", []).Hash,
            HashChain.Next(HashChain.Start(id), 1, at, new("a"), "bc", []).Hash);
    }
}
