// SPDX-License-Identifier: GPL-2.0-only
using Ksocket.Intree.Core;
using Ksocket.Intree.Core.Bytes;

namespace Ksocket.Intree.Sending;

/// <summary>Takes mails to where they are delivered.</summary>
public abstract class MailTransport : IDisposable
{
    /// <param name="limit">How long to wait for each answer of the server.</param>
    public static MailTransport Open(MailSettings settings, TimeSpan limit) =>
        settings.Command is { } command ? new CommandTransport(command, settings, limit) : new SmtpTransport(settings, limit);

    /// <summary>Throws if the server would refuse the largest mail, the sender or a recipient. Nothing is sent.</summary>
    /// <param name="largest">In bytes, with CR LF.</param>
    public abstract void Ask(string sender, IReadOnlyList<string> recipients, long largest);

    /// <summary>Returns when the server has taken the mail; throws an <see cref="IntreeFailure"/> if it has not, or not surely.</summary>
    public abstract void Send(string sender, IReadOnlyList<string> recipients, ByteString mail);

    public void Dispose()
    {
        Dispose(true);
        GC.SuppressFinalize(this);
    }

    protected virtual void Dispose(bool disposing)
    {
    }
}
