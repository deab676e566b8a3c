using System.Security.Cryptography;
using System.ServiceModel.Syndication;
using System.Text;
using System.Xml;
using MrAgreement.Overviews;
using MrAgreement.Web.Texts;

namespace MrAgreement.Web.Published;

/// <summary>The latest of what is published, as an Atom feed (RFC 4287): authors are parties, never people.</summary>
static class PublishedFeed
{
    public const int Most = 100;

    public const string MediaType = "application/atom+xml; charset=utf-8";

    public static byte[] Write(IReadOnlyList<PublishedRow> rows, Language language, string root)
    {
        var feed = new SyndicationFeed(language.Say("published.heading"), language.Say("published.explained"),
            new(root + PublishedAddress.All), IdOf("published"),
            rows is [var newest, ..] ? newest.At.ToDateTimeOffset() : DateTimeOffset.UnixEpoch)
        {
            Language = language.Code, Items = [.. rows.Select(row => Entry(row, language, root))]
        };
        feed.Authors.Add(new() { Name = "MrAgreement" });
        feed.Links.Add(SyndicationLink.CreateSelfLink(new(root + PublishedAddress.Feed)));
        using var written = new MemoryStream();
        using (var xml = XmlWriter.Create(written, new() { Encoding = new UTF8Encoding(false) }))
            feed.SaveAsAtom10(xml);
        return written.ToArray();
    }

    static SyndicationItem Entry(PublishedRow row, Language language, string root)
    {
        var (of, told) = (row.Of!, row.Material!);
        var entry = new SyndicationItem(told.Title, $"{language.Word(told.Kind)}. {of.DiaryNumber} {of.Title}",
            new(root + PublishedAddress.Of(row.Agreement, row.Number)), IdOf($"{row.Agreement}/{row.Number}"), row.At.ToDateTimeOffset())
        {
            PublishDate = row.At.ToDateTimeOffset()
        };
        entry.Authors.Add(new() { Name = told.Party });
        if (told.File is { } file)
            entry.Links.Add(SyndicationLink.CreateMediaEnclosureLink(new(root + PublishedAddress.Document(row.Agreement, row.Number)),
                file.MediaType, file.Size));
        return entry;
    }

    // The same at whatever address the host is reached; made of a digest (RFC 9562, 5.8).
    static string IdOf(string name)
    {
        var bytes = SHA256.HashData(Encoding.UTF8.GetBytes($"mragreement/published/{name}")).AsSpan(0, 16);
        bytes[6] = (byte)(bytes[6] & 0x0F | 0x80);
        bytes[8] = (byte)(bytes[8] & 0x3F | 0x80);
        return $"urn:uuid:{new Guid(bytes, bigEndian: true)}";
    }
}
