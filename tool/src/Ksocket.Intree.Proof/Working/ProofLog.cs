// SPDX-License-Identifier: GPL-2.0-only
using Ksocket.Intree.Core;
using Ksocket.Intree.Core.Bytes;

namespace Ksocket.Intree.Proof.Working;

/// <summary>The log file of one proof: the full output of all tools and the kernel.</summary>
public sealed class ProofLog : IDisposable
{
    private readonly FileStream _file;

    public ProofLog(string path)
    {
        Path = path;
        Directory.CreateDirectory(System.IO.Path.GetDirectoryName(path)!);
        _file = new FileStream(path, FileMode.Create, FileAccess.Write, FileShare.Read, bufferSize: 0);
    }

    public string Path { get; }

    /// <summary>The last command, quoted for a shell.</summary>
    public string? LastCommand { get; private set; }

    public void Command(string program, IEnumerable<string> arguments)
    {
        LastCommand = string.Join(' ', arguments.Prepend(program).Select(ShellWord.Quote));
        Write($"$ {LastCommand}");
    }

    public void Write(string line) => Write(ByteString.OfText(line));

    /// <summary>Writes a line of a child process unchanged.</summary>
    public void Write(ByteString line)
    {
        lock (_file)
        {
            WorkDisk.Try(Path, () => _file.Write(ByteString.Concat(line, ByteString.Of("\n"u8))));
        }
    }

    public void Dispose() => _file.Dispose();
}
