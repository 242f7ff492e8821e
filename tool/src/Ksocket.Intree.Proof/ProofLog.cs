// SPDX-License-Identifier: GPL-2.0-only
using System.Text;

namespace Ksocket.Intree.Proof;

/// <summary>Everything the tools and the kernel print during one proof, whole, in one file.</summary>
public sealed class ProofLog : IDisposable
{
    private readonly StreamWriter _writer;

    public ProofLog(string path)
    {
        Path = path;
        Directory.CreateDirectory(System.IO.Path.GetDirectoryName(path)!);
        _writer = new StreamWriter(path, append: false, Encoding.Latin1) { AutoFlush = true };
    }

    public string Path { get; }

    /// <summary>The command that ran last, as a shell takes it.</summary>
    public string? LastCommand { get; private set; }

    public void Command(string program, IEnumerable<string> arguments)
    {
        LastCommand = string.Join(' ', arguments.Prepend(program).Select(ShellWord.Quote));
        Write($"$ {LastCommand}");
    }

    public void Write(string line)
    {
        lock (_writer)
        {
            WorkDisk.Try(Path, () => _writer.WriteLine(line));
        }
    }

    public void Dispose()
    {
        try
        {
            _writer.Dispose();
        }
        catch (IOException)
        {
            // each line was written at once, so the one that could not be has been told of
        }
    }
}
