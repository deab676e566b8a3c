using MimeKit;
using MrAgreement.Messages;

namespace MrAgreement.Mail;

/// <summary>Lays mail in a folder as <c>.eml</c> files, for a demo: nobody gets it, and everybody can look at it.</summary>
public sealed class MailFolder(string folder) : IPostbox
{
    static readonly MailboxAddress from = new("MrAgreement", "avtal@example.se");

    public string Server => MessageHandedOver.Folder;

    public async Task<Handover> HandOver(MailMessage mail, CancellationToken cancellation = default)
    {
        MimeMessage message;
        try
        {
            message = MimeMail.Of(mail, from, DateTimeOffset.UtcNow);
        }
        catch (Exception e)
        {
            return Handover.Unwritable(e);
        }
        try
        {
            Directory.CreateDirectory(folder);
            // By its id: what is laid there twice is there once.
            var file = Path.Combine(folder, $"{mail.Id.Split('@')[0]}.eml");
            using (message)
                await message.WriteToAsync(file + ".part", cancellation);
            File.Move(file + ".part", file, overwrite: true);
            return new(HandoverOutcome.Taken, file);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return new(HandoverOutcome.Down, e.Message);
        }
    }
}
