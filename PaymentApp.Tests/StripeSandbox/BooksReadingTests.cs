using StripeSandbox.Books;
using StripeSandbox.Persistence;

namespace PaymentApp.Tests.Sandbox;

/// <summary>What is read of the books while everything is forgotten.</summary>
public sealed class BooksReadingTests : IDisposable
{
    private readonly Journal _journal = new(path: null);
    private readonly SandboxBooks _books;

    public BooksReadingTests() => _books = new SandboxBooks(_journal);

    public void Dispose() => _journal.Dispose();

    [Fact]
    public async Task What_is_found_without_a_reset_is_read_once()
    {
        var readings = 0;

        Assert.Equal(1, await _books.ReadAsync(() => Task.FromResult(++readings)));
    }

    [Fact]
    public async Task What_a_reset_came_between_is_read_again()
    {
        var readings = 0;

        Assert.Equal(2, await _books.ReadAsync(() =>
        {
            if (++readings == 1)
                _books.Clear();
            return Task.FromResult(readings);
        }));
    }

    [Fact]
    public async Task What_fails_for_a_reset_is_read_again()
    {
        var readings = 0;

        Assert.Equal(2, await _books.ReadAsync(async () =>
        {
            await Task.Yield();
            if (++readings > 1)
                return readings;
            _books.Clear();
            throw new InvalidOperationException("It is gone.");
        }));
    }

    [Fact]
    public async Task What_fails_by_itself_fails() =>
        await Assert.ThrowsAsync<InvalidOperationException>(() => _books.ReadAsync<int>(() => throw new InvalidOperationException("It is wrong.")));

    [Fact]
    public async Task Nothing_is_read_before_all_have_forgotten()
    {
        var reading = Task.FromResult(0);
        var readings = 0;
        _books.Cleared += () =>
        {
            reading = _books.ReadAsync(() => Task.FromResult(++readings));
            Assert.Equal(0, readings);
        };

        _books.Clear();

        Assert.Equal(1, await reading);
    }
}
