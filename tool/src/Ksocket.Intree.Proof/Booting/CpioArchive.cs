// SPDX-License-Identifier: GPL-2.0-only
using System.Globalization;
using System.Text;

namespace Ksocket.Intree.Proof.Booting;

/// <summary>
/// An initramfs: a cpio archive in the "newc" format that the kernel unpacks
/// (Documentation/driver-api/early-userspace/buffer-format.rst). Reproducible: the same entries give the same bytes.
/// </summary>
public sealed class CpioArchive
{
    private const int FileType = 0x8000;
    private const int FolderType = 0x4000;
    private const int CharacterDevice = 0x2000;

    private readonly List<byte> _bytes = [];
    private int _number = 1;

    public void AddFolder(string name) => Add(name, FolderType | 0x1ED, []);

    public void AddFile(string name, byte[] bytes, bool executable = false) => Add(name, FileType | (executable ? 0x1ED : 0x1A4), bytes);

    public void AddDevice(string name, int major, int minor) => Add(name, CharacterDevice | 0x180, [], major, minor);

    public byte[] ToBytes()
    {
        Add("TRAILER!!!", 0, []);
        return [.. _bytes];
    }

    private void Add(string name, int mode, byte[] data, int major = 0, int minor = 0)
    {
        int[] fields = [_number++, mode, 0, 0, 1, 0, data.Length, 0, 0, major, minor, name.Length + 1, 0];
        var header = "070701" + string.Concat(fields.Select(field => field.ToString("X8", CultureInfo.InvariantCulture)));
        _bytes.AddRange(Encoding.ASCII.GetBytes(header + name + '\0'));
        Pad();
        _bytes.AddRange(data);
        Pad();
    }

    private void Pad()
    {
        while (_bytes.Count % 4 != 0)
        {
            _bytes.Add(0);
        }
    }
}
