// SPDX-License-Identifier: GPL-2.0-only
using System.Text;
using Ksocket.Intree.Files;

namespace Ksocket.Intree.Answers;

/// <summary>
/// A file that a report will be written into: opened before there is anything to report, and what it held is kept until then.
/// </summary>
internal sealed class ReportFile : IDisposable
{
    private readonly string _path;
    private readonly FileStream _file;
    private bool _isOnlyOurs;

    private ReportFile(string path, FileStream file, bool isNew) => (_path, _file, _isOnlyOurs) = (path, file, isNew);

    public static ReportFile? Open(string? path)
    {
        var isNew = !File.Exists(path);
        return path is null ? null : IoFailures.Try(
            path,
            () => new ReportFile(
                path,
                new FileStream(path, FileMode.OpenOrCreate, FileAccess.Write, FileShare.Read, bufferSize: 0),
                isNew));
    }

    public void Write(string text) => IoFailures.Try(_path, () =>
    {
        _isOnlyOurs = false;
        if (_file.CanSeek && _file.Length > 0)
        {
            _file.SetLength(0); // no device can be cut to length, nor a pipe, as >(command) makes one; they hold nothing either
        }

        _file.Write(Encoding.UTF8.GetBytes(text));
        _file.Flush();
    });

    /// <summary>Where there was nothing to report, no empty file is left.</summary>
    public void Dispose()
    {
        _file.Dispose();
        if (_isOnlyOurs)
        {
            File.Delete(_path);
        }
    }
}
