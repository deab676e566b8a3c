using System.Text;

namespace MrAgreement.Storage.Tests;

/// <summary>What every store of kept records promises.</summary>
public abstract class KeptRecordsContract
{
    static readonly Instant now = Instant.FromUtc(2016, 2, 15, 10, 0);

    protected abstract IKeptRecords Kept { get; }

    static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task What_is_kept_is_found_by_its_kind_and_key_and_nothing_else_is()
    {
        var etag = await Put("draft", "a/1", "hello");

        var found = (await Kept.Find("draft", "a/1", now, Cancellation))!;
        Assert.Equal(("draft", "a/1", "hello", etag, null), (found.Kind, found.Key, Text(found), found.ETag, found.Expires));
        Assert.Null(await Kept.Find("draft", "a/2", now, Cancellation));
        Assert.Null(await Kept.Find("session", "a/1", now, Cancellation));
    }

    [Theory]
    [InlineData("")]
    [InlineData("a/b\\c#d?e%f'ö\t")]
    [InlineData("Ö och 🐟")]
    public async Task A_key_may_be_any_text(string key)
    {
        await Put("draft", key, "x");

        Assert.Equal(key, (await Kept.Find("draft", key, now, Cancellation))!.Key);
        Assert.Equal(key, Assert.Single(await Kept.Range("draft", "", now, Cancellation)).Key);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(64 * 1024 + 1)]
    [InlineData(KeptRecord.MaxBytes)]
    public async Task It_is_found_whole_however_large(int size)
    {
        var bytes = new byte[size];
        new Random(17).NextBytes(bytes);

        await Kept.Put(new("survey-answer", "1", bytes), now, Cancellation);

        Assert.Equal(bytes, (await Kept.Find("survey-answer", "1", now, Cancellation))!.Data.ToArray());
    }

    [Fact]
    public async Task What_no_store_could_keep_is_a_bug_of_who_asks()
    {
        await Assert.ThrowsAsync<ArgumentException>(() => Kept.Put(new("Draft", "1", new byte[1]), now, Cancellation));
        await Assert.ThrowsAsync<ArgumentException>(() => Kept.Put(new("draft", new('ö', 201), new byte[1]), now, Cancellation));
        await Assert.ThrowsAsync<ArgumentException>(() => Kept.Put(new("draft", "1", new byte[KeptRecord.MaxBytes + 1]), now, Cancellation));
    }

    [Fact]
    public async Task Put_again_it_is_the_latter_with_another_etag()
    {
        var first = await Put("draft", "1", "one");
        var second = await Put("draft", "1", "two");

        Assert.NotEqual(first, second);
        Assert.Equal("two", Text((await Kept.Find("draft", "1", now, Cancellation))!));
    }

    [Fact]
    public async Task One_that_has_changed_is_not_overwritten_unseen()
    {
        var first = await Put("draft", "1", "one");
        var second = await Put("draft", "1", "two", first);

        Assert.NotNull(second);
        Assert.Null(await Put("draft", "1", "three", first));
        Assert.Null(await Put("draft", "2", "three", first));
        Assert.Equal("two", Text((await Kept.Find("draft", "1", now, Cancellation))!));
        Assert.Null(await Kept.Find("draft", "2", now, Cancellation));
    }

    [Fact]
    public async Task One_that_must_be_new_is_kept_once()
    {
        Assert.NotNull(await Put("invitation", "1", "one", KeptRecord.New));
        Assert.Null(await Put("invitation", "1", "two", KeptRecord.New));

        Assert.Equal("one", Text((await Kept.Find("invitation", "1", now, Cancellation))!));
    }

    [Fact]
    public async Task Of_many_who_put_at_once_one_has_it()
    {
        var first = await Put("draft", "1", "0");

        var written = await Task.WhenAll(Enumerable.Range(1, 8).Select(n => Task.Run(() => Put("draft", "1", $"{n}", first))));

        var it = (await Kept.Find("draft", "1", now, Cancellation))!;
        Assert.Equal(it.ETag, Assert.Single(written.OfType<string>()));
        Assert.Equal($"{written.ToList().IndexOf(it.ETag) + 1}", Text(it));
    }

    [Fact]
    public async Task One_that_was_forgotten_and_kept_anew_is_another()
    {
        var first = await Put("draft", "1", "one");
        await Kept.Delete("draft", "1", null, Cancellation);
        await Put("draft", "1", "one");

        Assert.Null(await Put("draft", "1", "two", first));
    }

    [Fact]
    public async Task It_is_forgotten_as_it_was_known_and_only_so()
    {
        var first = await Put("draft", "1", "one");
        var second = await Put("draft", "1", "two");

        Assert.False(await Kept.Delete("draft", "1", first, Cancellation));
        Assert.NotNull(await Kept.Find("draft", "1", now, Cancellation));
        Assert.True(await Kept.Delete("draft", "1", second, Cancellation));
        Assert.Null(await Kept.Find("draft", "1", now, Cancellation));
        Assert.True(await Kept.Delete("draft", "1", second, Cancellation));
        Assert.True(await Kept.Delete("draft", "1", null, Cancellation));
    }

    [Fact]
    public async Task Those_whose_keys_begin_alike_are_found_in_order()
    {
        foreach (var key in (string[])["b", "a/2", "a", "a/10", "a/ö", "A/1", "a0", "a/"])
            await Put("draft", key, key);
        await Put("drafts", "a/1", "of another kind");

        Assert.Equal(["a/", "a/10", "a/2", "a/ö"], (await Kept.Range("draft", "a/", now, Cancellation)).Select(it => it.Key));
        Assert.Equal(["A/1", "a", "a/", "a/10", "a/2", "a/ö", "a0", "b"], (await Kept.Range("draft", "", now, Cancellation)).Select(it => it.Key));
        Assert.Empty(await Kept.Range("draft", "c", now, Cancellation));
    }

    [Fact]
    public async Task One_that_has_expired_is_not_there_any_more()
    {
        var expires = now + Duration.FromHours(1);
        var etag = await Put("session", "1", "one", KeptRecord.New, expires);

        Assert.Equal(expires, (await Kept.Find("session", "1", expires - Duration.FromMilliseconds(1), Cancellation))!.Expires);
        Assert.Null(await Kept.Find("session", "1", expires, Cancellation));
        Assert.Empty(await Kept.Range("session", "", expires, Cancellation));
        // In its place is nothing, which is what somebody may count on.
        Assert.Null(await Kept.Put(new("session", "1", new byte[1], KeptRecord.New), expires - Duration.FromMilliseconds(1), Cancellation));
        Assert.NotNull(await Kept.Put(new("session", "1", "two"u8.ToArray(), KeptRecord.New), expires, Cancellation));
        Assert.Null(await Put("session", "1", "three", etag));
        Assert.Equal("two", Text((await Kept.Find("session", "1", expires, Cancellation))!));
    }

    [Fact]
    public async Task One_that_has_just_expired_is_renewed_by_who_knows_it()
    {
        var etag = await Put("session", "1", "one", expires: now);

        Assert.NotNull(await Put("session", "1", "two", etag, now + Duration.FromHours(1)));
        Assert.Equal("two", Text((await Kept.Find("session", "1", now, Cancellation))!));
    }

    [Fact]
    public async Task What_has_expired_is_swept_away_and_nothing_else_is()
    {
        await Put("session", "1", "one", expires: now);
        await Put("session", "2", "two", expires: now + Duration.FromMilliseconds(1));
        await Put("session", "3", "three");
        await Put("draft", "1", "of another kind", expires: now);

        Assert.Equal(1, await Kept.Sweep("session", now, Cancellation));
        Assert.Equal(0, await Kept.Sweep("session", now, Cancellation));

        Assert.Equal(["2", "3"], (await Kept.Range("session", "", Instant.MinValue, Cancellation)).Select(it => it.Key));
        Assert.Single(await Kept.Range("draft", "", Instant.MinValue, Cancellation));
    }

    [Fact]
    public async Task A_setting_is_a_text_by_name()
    {
        await Kept.Set("a/b\\c#d?e%f'ö", "åäö", Cancellation);
        Assert.Equal("åäö", await Kept.Setting("a/b\\c#d?e%f'ö", Cancellation));

        await Kept.Set("a/b\\c#d?e%f'ö", null, Cancellation);
        await Kept.Set("a/b\\c#d?e%f'ö", null, Cancellation);
        Assert.Null(await Kept.Setting("a/b\\c#d?e%f'ö", Cancellation));
    }

    Task<string?> Put(string kind, string key, string text, string? etag = null, Instant? expires = null) => Kept.Put(new(kind, key, Encoding.UTF8.GetBytes(text), etag, expires), now, Cancellation);

    static string Text(KeptRecord it) => Encoding.UTF8.GetString(it.Data.Span);
}
