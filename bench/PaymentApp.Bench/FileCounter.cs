using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace PaymentApp.Bench;

/// <summary>
/// Counts what SQLite asks of the disk, where it asks for it: its default VFS is given methods that count and go on to its
/// own. https://sqlite.org/c3ref/vfs.html and https://sqlite.org/c3ref/io_methods.html give the two layouts.
/// </summary>
internal static unsafe partial class FileCounter
{
    private const int MethodsSize = 8 + (18 * 8);

    private static readonly Dictionary<nint, nint> Counting = [];

    private static delegate* unmanaged[Cdecl]<nint, byte*, nint*, int, int*, int> _open;
    private static delegate* unmanaged[Cdecl]<nint, void*, int, long, int> _write;
    private static delegate* unmanaged[Cdecl]<nint, int, int> _sync;
    private static long _synced;
    private static long _written;

    /// <summary>How often a file was synchronized to the disk (fsync or fdatasync).</summary>
    public static long Synced => Interlocked.Read(ref _synced);

    /// <summary>How many bytes were written to files; shared memory is not one.</summary>
    public static long Written => Interlocked.Read(ref _written);

    /// <summary>Counts from now on, in files that are opened from now on. Once a process.</summary>
    public static void Install()
    {
        if (IntPtr.Size != 8)
            throw new PlatformNotSupportedException("The layouts are those of 64-bit processes.");
        var vfs = (Vfs*)FindVfs(0);
        _open = vfs->Open;
        vfs->Open = &Open;
    }

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static int Open(nint vfs, byte* name, nint* file, int flags, int* outFlags)
    {
        var result = _open(vfs, name, file, flags, outFlags);
        // The first field of a file is its methods; null where it could not be opened.
        if (*file != 0)
            *file = CountingMethods(*file);
        return result;
    }

    private static nint CountingMethods(nint own)
    {
        lock (Counting)
        {
            if (Counting.TryGetValue(own, out var known))
                return known;
            var counting = (Methods*)NativeMemory.Alloc(MethodsSize);
            // A method table of an older version is shorter: nothing behind its end may be read.
            var size = *(int*)own switch { 1 => 8 + (12 * 8), 2 => 8 + (16 * 8), _ => MethodsSize };
            NativeMemory.Copy((void*)own, counting, (nuint)size);
            // All methods of the default VFS write and synchronize alike.
            _write = counting->Write;
            _sync = counting->Sync;
            counting->Write = &Write;
            counting->Sync = &Sync;
            return Counting[own] = (nint)counting;
        }
    }

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static int Write(nint file, void* bytes, int count, long offset)
    {
        Interlocked.Add(ref _written, count);
        return _write(file, bytes, count, offset);
    }

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static int Sync(nint file, int flags)
    {
        Interlocked.Increment(ref _synced);
        return _sync(file, flags);
    }

    [LibraryImport("e_sqlite3", EntryPoint = "sqlite3_vfs_find")]
    [UnmanagedCallConv(CallConvs = [typeof(CallConvCdecl)])]
    private static partial nint FindVfs(nint name);

    [StructLayout(LayoutKind.Explicit)]
    private struct Vfs
    {
        [FieldOffset(40)]
        public delegate* unmanaged[Cdecl]<nint, byte*, nint*, int, int*, int> Open;
    }

    [StructLayout(LayoutKind.Explicit)]
    private struct Methods
    {
        [FieldOffset(24)]
        public delegate* unmanaged[Cdecl]<nint, void*, int, long, int> Write;

        [FieldOffset(40)]
        public delegate* unmanaged[Cdecl]<nint, int, int> Sync;
    }
}
