using System.Text;
using MimeKit;
using MrAgreement.Messages;

namespace MrAgreement.Mail;

/// <summary>A mail as it goes over the wire: plain text and HTML that say the same (RFC 5322, RFC 2046).</summary>
static class MimeMail
{
    public static MimeMessage Of(MailMessage mail, MailboxAddress from, DateTimeOffset at)
    {
        var body = new BodyBuilder { TextBody = mail.Text, HtmlBody = mail.Html };
        var content = body.ToMessageBody();
        content.Headers.Add(HeaderId.ContentLanguage, mail.Language);
        var message = new MimeMessage { MessageId = mail.Id, Subject = mail.Subject, Date = at, Body = With(mail.Invitations, content) };
        message.From.Add(from);
        message.To.Add(new MailboxAddress(Encoding.UTF8, mail.Name, mail.To));
        // No machine answers it (RFC 3834).
        message.Headers.Add(HeaderId.AutoSubmitted, "auto-generated");
        message.Prepare(EncodingConstraint.SevenBit);
        return message;
    }

    // Mail programs go by the method that stands beside the media type (RFC 6047, 2.4).
    static MimeEntity With(IReadOnlyList<MailInvitation> invitations, MimeEntity content)
    {
        if (invitations.Count == 0)
            return content;
        var whole = new Multipart("mixed") { content };
        foreach (var it in invitations)
        {
            var file = new TextPart("calendar") { ContentDisposition = new(ContentDisposition.Attachment) { FileName = it.File } };
            file.SetText(Encoding.UTF8, it.Text);
            file.ContentType.Parameters["method"] = it.Method;
            file.ContentType.Name = it.File;
            whole.Add(file);
        }
        return whole;
    }
}
