// SPDX-License-Identifier: GPL-2.0-only
namespace Ksocket.Intree.Core.Trees;

/// <summary>A path inside a kernel tree: relative, with '/', never leaving the tree.</summary>
public readonly record struct TreePath : IComparable<TreePath>
{
    private readonly string? _value;

    public TreePath(string value)
    {
        if (!IsValid(value))
        {
            throw new ArgumentException($"'{value}' is not a path inside a tree", nameof(value));
        }

        _value = value;
    }

    public static bool IsValid(string value) => value.Split('/').All(part => part is not ("" or "." or ".."));

    /// <summary>The path as text; the tree's own top is the empty text.</summary>
    public string Value => _value ?? "";

    public static TreePath Top => default;

    public string Name => Value[(Value.LastIndexOf('/') + 1)..];

    public TreePath Folder => Value.LastIndexOf('/') is var slash and > 0 ? new(Value[..slash]) : Top;

    /// <summary>Every folder above this path, outermost first, the top left out.</summary>
    public IEnumerable<TreePath> Folders
    {
        get
        {
            for (var at = Value.IndexOf('/', StringComparison.Ordinal); at > 0; at = Value.IndexOf('/', at + 1))
            {
                yield return new TreePath(Value[..at]);
            }
        }
    }

    public static implicit operator TreePath(string value) => new(value);

    public static TreePath operator /(TreePath folder, string name) => new(folder == Top ? name : $"{folder.Value}/{name}");

    public bool IsBelow(TreePath folder) =>
        folder == Top || Value.StartsWith(folder.Value + "/", StringComparison.Ordinal);

    public int CompareTo(TreePath other) => string.CompareOrdinal(Value, other.Value);

    public override string ToString() => Value;
}
