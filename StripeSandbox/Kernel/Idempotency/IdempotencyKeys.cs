using System.Collections.Concurrent;
using StripeSandbox.Errors;

namespace StripeSandbox.Idempotency;

/// <summary>What was answered under a key, and to which request.</summary>
internal sealed record KeptAnswer(string Scope, string Key, string Path, string Fingerprint, long Created, Answer Answer);

/// <summary>Remembers answers by idempotency key (https://docs.stripe.com/api/idempotent_requests).</summary>
internal sealed class IdempotencyKeys
{
    public const int MaxKeyLength = 255;

    /// <summary>How long an answer is kept.</summary>
    public static readonly TimeSpan Lifetime = TimeSpan.FromHours(24);

    private readonly ConcurrentDictionary<(string Scope, string Key), Entry> _entries = new();
    private readonly Queue<(string Scope, string Key, Entry Entry)> _byAge = new();
    private readonly KeptBodies _bodies = new();

    /// <summary>
    /// Takes the key for this request, or finds what was answered under it before.
    /// </summary>
    /// <exception cref="Refusal">The key was used for another request (400), or its request is still running (409).</exception>
    public Claim Take(string scope, string key, string path, string fingerprint, long now)
    {
        Forget(now);
        var mine = new Entry(path, fingerprint);
        var entry = _entries.GetOrAdd((scope, key), mine);
        if (ReferenceEquals(entry, mine))
            return new Claim(this, scope, key, mine);
        if (entry.Path != path)
            throw RequestErrors.IdempotencyKeyOfOtherEndpoint(key, path, entry.Path);
        if (entry.Fingerprint != fingerprint)
            throw RequestErrors.IdempotencyKeyOfOtherParameters(key);
        return entry.Answer is { } answer
            ? new Claim(answer)
            : throw RequestErrors.IdempotencyKeyInUse(key);
    }

    /// <summary>Every answer that is still kept, oldest first.</summary>
    public IEnumerable<KeptAnswer> All()
    {
        (string Scope, string Key, Entry Entry)[] all;
        lock (_byAge)
            all = [.. _byAge];
        return all.Select(kept => kept.Entry.Record(kept.Scope, kept.Key));
    }

    public void Clear()
    {
        lock (_byAge)
        {
            _byAge.Clear();
            _entries.Clear();
        }
    }

    /// <summary>Puts back an answer that was kept before a restart.</summary>
    public void Restore(KeptAnswer kept)
    {
        var entry = new Entry(kept.Path, kept.Fingerprint);
        _entries[(kept.Scope, kept.Key)] = entry;
        Remember(kept, entry);
    }

    private void Remember(KeptAnswer kept, Entry entry)
    {
        entry.Keep(kept.Answer, _bodies.Keep(kept.Answer.Body), kept.Created);
        lock (_byAge)
            _byAge.Enqueue((kept.Scope, kept.Key, entry));
    }

    /// <summary>Drops the answers that are a day old.</summary>
    public void Forget(long now)
    {
        lock (_byAge)
        {
            while (_byAge.TryPeek(out var oldest) && oldest.Entry.Created + (long)Lifetime.TotalSeconds <= now)
            {
                _byAge.Dequeue();
                _entries.TryRemove((oldest.Scope, oldest.Key), out _);
            }
        }
    }

    internal sealed class Entry(string path, string fingerprint)
    {
        private Answer? _answer;
        private KeptBody _body;

        public string Path => path;

        public string Fingerprint => fingerprint;

        /// <summary>Unix seconds of the answer.</summary>
        public long Created { get; private set; }

        public bool IsAnswered => Volatile.Read(ref _answer) is not null;

        /// <summary>What was answered; null while the request runs.</summary>
        public Answer? Answer => Volatile.Read(ref _answer) is { } answer ? answer with { Body = _body.Read() } : null;

        public void Keep(Answer answer, KeptBody body, long created)
        {
            (_body, Created) = (body, created);
            // Last: who sees it sees its body too.
            Volatile.Write(ref _answer, answer with { Body = [] });
        }

        public KeptAnswer Record(string scope, string key) => new(scope, key, Path, Fingerprint, Created, Answer!);
    }

    /// <summary>A key in hand: keep an answer under it, or dispose it to give it back.</summary>
    internal sealed class Claim : IDisposable
    {
        private readonly IdempotencyKeys? _keys;
        private readonly string _scope = "";
        private readonly string _key = "";
        private readonly Entry? _entry;

        public Claim(Answer replay) => Replay = replay;

        public Claim(IdempotencyKeys keys, string scope, string key, Entry entry)
        {
            _keys = keys;
            _scope = scope;
            _key = key;
            _entry = entry;
        }

        /// <summary>What was answered before; null when this request is the first.</summary>
        public Answer? Replay { get; }

        /// <summary>What is to be written down, together with what the request has changed.</summary>
        public KeptAnswer Record(Answer answer, long now) => new(_scope, _key, _entry!.Path, _entry.Fingerprint, now, answer);

        /// <summary>From now on the key answers with this.</summary>
        public void Keep(KeptAnswer kept) => _keys!.Remember(kept, _entry!);

        public void Dispose()
        {
            if (_entry is { IsAnswered: false })
                _keys!._entries.TryRemove(new((_scope, _key), _entry));
        }
    }
}
