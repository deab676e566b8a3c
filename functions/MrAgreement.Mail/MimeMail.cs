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
        var message = new MimeMessage { MessageId = mail.Id, Subject = mail.Subject, Date = at, Body = body.ToMessageBody() };
        message.From.Add(from);
        message.To.Add(new MailboxAddress(Encoding.UTF8, mail.Name, mail.To));
        message.Body.Headers.Add(HeaderId.ContentLanguage, mail.Language);
        // No machine answers it (RFC 3834).
        message.Headers.Add(HeaderId.AutoSubmitted, "auto-generated");
        message.Prepare(EncodingConstraint.SevenBit);
        return message;
    }
}
