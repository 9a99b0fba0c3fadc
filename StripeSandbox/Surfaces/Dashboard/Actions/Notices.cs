using System.Collections.Concurrent;
using StripeSandbox.Objects;

namespace StripeSandbox.Dashboard.Actions;

/// <summary>How an action went, for the page that its form leads to. The page's address names it, so no link can make one up.</summary>
internal sealed class Notices
{
    private const int Kept = 64;

    private readonly ConcurrentDictionary<string, Notice> _notices = new();
    private readonly ConcurrentQueue<string> _order = new();

    /// <summary>Keeps a notice and returns the name to ask for it by.</summary>
    public string Add(Notice notice)
    {
        var id = Ids.New("");
        _notices[id] = notice;
        _order.Enqueue(id);
        while (_order.Count > Kept && _order.TryDequeue(out var oldest))
            _notices.TryRemove(oldest, out _);
        return id;
    }

    public Notice? Find(string? id) => id is null ? null : _notices.GetValueOrDefault(id);
}

/// <summary>What an action led to, in words.</summary>
internal sealed record Notice(bool IsDone, string Text);
