// SPDX-License-Identifier: GPL-2.0-only
using System.Text;
using Ksocket.Intree.Files;

namespace Ksocket.Intree.Answers;

/// <summary>
/// An output file for a report. It is opened before the run, so that a bad path fails early; its content is replaced only
/// when the report is written.
/// </summary>
internal sealed class ReportFile : IDisposable
{
    private readonly string _path;
    private readonly FileStream _file;
    private bool _isUnused;

    private ReportFile(string path, FileStream file, bool isNew) => (_path, _file, _isUnused) = (path, file, isNew);

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
        _isUnused = false;
        if (_file.CanSeek && _file.Length > 0)
        {
            _file.SetLength(0); // a device or a pipe, such as that of >(command), cannot be truncated
        }

        _file.Write(Encoding.UTF8.GetBytes(text));
        _file.Flush();
    });

    /// <summary>Deletes a new file that no report was written to.</summary>
    public void Dispose()
    {
        _file.Dispose();
        if (_isUnused)
        {
            File.Delete(_path);
        }
    }
}
