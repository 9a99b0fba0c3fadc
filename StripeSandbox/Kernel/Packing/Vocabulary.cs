namespace StripeSandbox.Packing;

/// <summary>
/// Texts that come again and again, each with a number: names of cards, currencies, types of events, beginnings of ids. A text is taken
/// in when it is seen a second time, so that an order's number, which comes once, leaves room for others. Written to under a lock, read
/// without one.
/// </summary>
internal sealed class Vocabulary
{
    private const int MaxWords = 4096;
    private const int MaxLength = 64;
    private const int Candidates = 1024;

    private readonly Dictionary<string, int> _numbers = new(StringComparer.Ordinal);
    private readonly Dictionary<string, int>.AlternateLookup<ReadOnlySpan<char>> _numbersBySpan;
    private readonly string?[] _seenOnce = new string?[Candidates];
    private string[] _words = new string[64];

    public Vocabulary() => _numbersBySpan = _numbers.GetAlternateLookup<ReadOnlySpan<char>>();

    public string this[int number] => Volatile.Read(ref _words)[number];

    /// <summary>The text's number; null while it has none.</summary>
    public int? NumberOf(ReadOnlySpan<char> text)
    {
        if (text.Length > MaxLength)
            return null;
        if (_numbersBySpan.TryGetValue(text, out var known))
            return known;
        if (_numbers.Count == MaxWords)
            return null;
        ref var candidate = ref _seenOnce[(uint)string.GetHashCode(text, StringComparison.Ordinal) % Candidates];
        if (candidate is null || !text.SequenceEqual(candidate))
        {
            candidate = text.ToString();
            return null;
        }

        return Add(candidate);
    }

    private int Add(string word)
    {
        var number = _numbers.Count;
        var words = _words;
        if (number == words.Length)
            Array.Resize(ref words, words.Length * 2);
        words[number] = word;
        Volatile.Write(ref _words, words);
        _numbers.Add(word, number);
        return number;
    }
}
