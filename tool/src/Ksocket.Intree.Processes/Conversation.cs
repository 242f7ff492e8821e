// SPDX-License-Identifier: GPL-2.0-only
using System.Diagnostics;

namespace Ksocket.Intree.Processes;

/// <summary>
/// A child process that answers requests on stdin, such as git cat-file --batch. It exits when stdin is closed, so also if
/// this process dies.
/// </summary>
public sealed class Conversation : IDisposable
{
    private static readonly TimeSpan Grace = TimeSpan.FromSeconds(5);

    private readonly Process _process;

    internal Conversation(Process process) => _process = process;

    public Stream Questions => _process.StandardInput.BaseStream;

    public Stream Answers => _process.StandardOutput.BaseStream;

    public void Dispose()
    {
        try
        {
            _process.StandardInput.Close();
        }
        catch (Exception error) when (error is IOException or ObjectDisposedException)
        {
            // it exited before it read all requests, or the caller closed them to say that there are no more
        }

        if (!_process.WaitForExit(Grace))
        {
            ProcessTree.Kill(_process);
        }

        _process.Dispose();
    }
}
