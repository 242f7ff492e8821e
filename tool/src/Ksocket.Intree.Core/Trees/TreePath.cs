// SPDX-License-Identifier: GPL-2.0-only
using System.Diagnostics.CodeAnalysis;
using Ksocket.Intree.Core.Bytes;

namespace Ksocket.Intree.Core.Trees;

/// <summary>
/// A path inside a kernel tree: relative, with '/', never leaving the tree. Its names are bytes, as in the file system
/// and in git; two paths are equal where their bytes are.
/// </summary>
public readonly struct TreePath : IEquatable<TreePath>, IComparable<TreePath>
{
    private const byte Slash = (byte)'/';

    public TreePath(ByteString bytes) =>
        Bytes = IsValid(bytes) ? bytes : throw new ArgumentException($"'{bytes}' is not a path inside a tree", nameof(bytes));

    public TreePath(string text)
        : this(ByteString.OfText(text))
    {
    }

    /// <summary>The whole path; the tree's own top is empty.</summary>
    public ByteString Bytes { get; }

    public static TreePath Top => default;

    /// <summary>The last name of the path.</summary>
    public ByteString Name => Bytes.Slice(LastSlash + 1);

    public TreePath Folder => LastSlash is var slash and > 0 ? new(Bytes.Slice(0, slash)) : Top;

    /// <summary>Every folder above this path, outermost first, without the top.</summary>
    public IEnumerable<TreePath> Folders
    {
        get
        {
            for (var at = SlashFrom(0); at > 0; at = SlashFrom(at + 1))
            {
                yield return new TreePath(Bytes.Slice(0, at));
            }
        }
    }

    private int LastSlash => Bytes.Span.LastIndexOf(Slash);

    public static implicit operator TreePath(string text) => new(text);

    public static TreePath operator /(TreePath folder, string name) => folder / ByteString.OfText(name);

    public static TreePath operator /(TreePath folder, ByteString name) =>
        new(folder == Top ? name : ByteString.Concat(folder.Bytes, ByteString.Of("/"u8), name));

    /// <summary>Whether these bytes are a path that stays inside a tree: no empty name, no "." or "..", no NUL.</summary>
    public static bool IsValid(ReadOnlySpan<byte> bytes)
    {
        foreach (var part in bytes.Split(Slash))
        {
            if (bytes[part] is [] or [(byte)'.'] or [(byte)'.', (byte)'.'])
            {
                return false;
            }
        }

        return !bytes.Contains((byte)0);
    }

    /// <summary>
    /// A path relative to a folder, with its "." and ".." resolved; null if it is absolute, leaves the tree or is its top.
    /// </summary>
    public static TreePath? Resolve(TreePath folder, ByteString relative)
    {
        if (relative.StartsWith("/"u8) || relative.Span.Contains((byte)0))
        {
            return null;
        }

        if (folder == Top && IsValid(relative))
        {
            return new TreePath(relative);
        }

        var names = new List<ByteString>();
        foreach (var whole in (ByteString[])[folder.Bytes, relative])
        {
            foreach (var part in whole.Span.Split(Slash))
            {
                var name = ByteString.Of(whole.Span[part]);
                if (name.Equals(".."u8))
                {
                    if (names.Count == 0)
                    {
                        return null;
                    }

                    names.RemoveAt(names.Count - 1);
                }
                else if (!name.IsEmpty && !name.Equals("."u8))
                {
                    names.Add(name);
                }
            }
        }

        return names.Count == 0 ? default(TreePath?) : names.Aggregate(Top, (path, name) => path / name);
    }

    /// <summary>The path of these bytes; null if they are not a valid path.</summary>
    public static TreePath? TryParse(ByteString bytes) => IsValid(bytes) ? new TreePath(bytes) : default(TreePath?);

    public bool IsBelow(TreePath folder) =>
        folder == Top || (Bytes.Length > folder.Bytes.Length && Bytes[folder.Bytes.Length] == Slash && Bytes.StartsWith(folder.Bytes.Span));

    public bool IsNamed(string name) => Name.Equals(ByteString.OfText(name));

    /// <summary>Whether the name ends in this, for example ".c".</summary>
    public bool EndsIn(string ending) => Name.EndsWith(ByteString.OfText(ending).Span);

    public bool Equals(TreePath other) => Bytes.Equals(other.Bytes);

    public override bool Equals([NotNullWhen(true)] object? obj) => obj is TreePath other && Equals(other);

    public override int GetHashCode() => Bytes.GetHashCode();

    /// <summary>By the value of the bytes, as git orders paths.</summary>
    public int CompareTo(TreePath other) => Bytes.CompareTo(other.Bytes);

    /// <summary>For people; a byte that is not part of UTF-8 is printed as \xNN.</summary>
    public override string ToString() => Bytes.ToString();

    public static bool operator ==(TreePath one, TreePath other) => one.Equals(other);

    public static bool operator !=(TreePath one, TreePath other) => !one.Equals(other);

    public static bool operator <(TreePath one, TreePath other) => one.CompareTo(other) < 0;

    public static bool operator >(TreePath one, TreePath other) => one.CompareTo(other) > 0;

    public static bool operator <=(TreePath one, TreePath other) => one.CompareTo(other) <= 0;

    public static bool operator >=(TreePath one, TreePath other) => one.CompareTo(other) >= 0;

    private int SlashFrom(int start) => Bytes.Span[start..].IndexOf(Slash) is var at and >= 0 ? start + at : -1;
}
