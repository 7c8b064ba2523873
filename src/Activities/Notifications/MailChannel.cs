using System.Net.Sockets;
using System.Security.Cryptography;
using System.Text;
using MailKit;
using MailKit.Net.Smtp;
using MailKit.Security;
using MimeKit;
using Orchestrator.Workflows.ChangeControl.Notifications;

namespace Orchestrator.Activities.Notifications;

/// <summary>E-mail over SMTP.</summary>
internal static class MailChannel
{
    /// <summary>One try.</summary>
    /// <exception cref="NotAcceptedException">It was not accepted.</exception>
    public static async Task SendAsync(
        ChannelOptions channel, string? password, NotificationEvent notice, CancellationToken cancellationToken)
    {
        try
        {
            using MimeMessage message = Message(channel, notice);
            using SmtpClient client = new();
            SecureSocketOptions security = channel.Tls ? SecureSocketOptions.StartTls : SecureSocketOptions.None;
            await client.ConnectAsync(channel.Server!, channel.Port, security, cancellationToken);
            if (channel.Username is { } username)
            {
                await client.AuthenticateAsync(username, password ?? "", cancellationToken);
            }

            // It is accepted with the answer to its end; how the server says goodbye does not matter.
            await client.SendAsync(message, cancellationToken);
        }
        catch (SmtpCommandException e)
        {
            throw new NotAcceptedException($"answered {(int)e.StatusCode}", mayPass: (int)e.StatusCode is >= 400 and < 500);
        }
        catch (Exception e) when (e is SocketException or IOException or ProtocolException or ServiceNotConnectedException)
        {
            throw new NotAcceptedException($"does not answer ({e.GetType().Name})", mayPass: true);
        }
        catch (Exception e) when (e is AuthenticationException or SslHandshakeException or NotSupportedException or ParseException)
        {
            throw new NotAcceptedException($"could not be used ({e.GetType().Name})", mayPass: false);
        }
    }

    private static MimeMessage Message(ChannelOptions channel, NotificationEvent notice)
    {
        MimeMessage message = new() { Subject = notice.Title, Body = new TextPart("plain") { Text = NotificationText.Plain(notice) } };
        message.From.Add(MailboxAddress.Parse(channel.From!));
        message.To.AddRange(InternetAddressList.Parse(channel.To!));

        // Mail programs show two messages of the same id once.
        string id = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(notice.DedupeKey)));
        message.MessageId = $"{id}@orchestrator";
        return message;
    }
}
