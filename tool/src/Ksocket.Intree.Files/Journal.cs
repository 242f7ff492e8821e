// SPDX-License-Identifier: GPL-2.0-only
using System.Text;

namespace Ksocket.Intree.Files;

/// <summary>A file that only grows. A line is on the disk when <see cref="Add"/> returns.</summary>
public sealed class Journal : IDisposable
{
    private readonly string _path;
    private readonly FileStream _file;

    /// <param name="path">Created if it is not there; its folder must be.</param>
    public Journal(string path) => (_path, _file) = (path, IoFailures.Try(
        path,
        () => new FileStream(path, FileMode.Append, FileAccess.Write, FileShare.Read)));

    /// <param name="lines">Each with its newline.</param>
    public void Add(string lines) => IoFailures.Try(_path, () =>
    {
        _file.Write(Encoding.UTF8.GetBytes(lines));
        _file.Flush(flushToDisk: true);
    });

    public void Dispose() => _file.Dispose();
}
