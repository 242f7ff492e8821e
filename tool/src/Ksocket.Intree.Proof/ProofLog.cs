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

    public void Write(string line)
    {
        lock (_writer)
        {
            _writer.WriteLine(line);
        }
    }

    public void Dispose() => _writer.Dispose();
}
