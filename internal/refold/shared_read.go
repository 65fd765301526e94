// SPDX-License-Identifier: MPL-2.0

package refold

import (
	"context"
	"sync"
	"time"

	"golang.org/x/sync/semaphore"
)

// sharedReads let one answer serve all who ask for the same at about the same time. The zero value
// has none.
type sharedReads[T any] struct {
	mutex sync.Mutex
	byKey map[string]*sharedRead[T]
}

// sharedRead is what was read under one key.
type sharedRead[T any] struct {
	// reading belongs to the one who asks. A caller that gives up leaves it to the next one.
	reading *semaphore.Weighted
	value   T
	err     error
	// read is when that was asked for, and zero for nothing.
	read time.Time
	// writes counts what has made it out of date.
	writes int
}

// get returns what was read under a key since a moment, or reads it. An error is only shared where
// isShared says so.
func (r *sharedReads[T]) get(ctx context.Context, key string, since time.Time, isShared func(error) bool, read func(context.Context) (T, error)) (T, error) {
	entry := r.entry(key)
	var none T
	if err := entry.reading.Acquire(ctx, 1); err != nil {
		return none, ended(err)
	}
	defer entry.reading.Release(1)
	value, writes, isKnown, err := r.known(entry, since)
	if isKnown {
		return value, err
	}
	asked := time.Now()
	value, err = read(ctx)
	if err == nil || isShared(err) {
		r.keep(entry, value, err, asked, writes)
	}
	return value, err
}

func (r *sharedReads[T]) entry(key string) *sharedRead[T] {
	r.mutex.Lock()
	defer r.mutex.Unlock()
	if r.byKey == nil {
		r.byKey = map[string]*sharedRead[T]{}
	}
	if r.byKey[key] == nil {
		r.byKey[key] = &sharedRead[T]{reading: semaphore.NewWeighted(1)}
	}
	return r.byKey[key]
}

func (r *sharedReads[T]) known(entry *sharedRead[T], since time.Time) (value T, writes int, isKnown bool, err error) {
	r.mutex.Lock()
	defer r.mutex.Unlock()
	return entry.value, entry.writes, !entry.read.IsZero() && !entry.read.Before(since), entry.err
}

// keep takes down what was read, unless a write has ended meanwhile.
func (r *sharedReads[T]) keep(entry *sharedRead[T], value T, err error, asked time.Time, writes int) {
	r.mutex.Lock()
	defer r.mutex.Unlock()
	if entry.writes == writes {
		entry.value, entry.err, entry.read = value, err, asked
	}
}

// markWritten makes out of date what was asked for under a key up to now. It belongs at the end of
// every write, failed or not.
func (r *sharedReads[T]) markWritten(key string) {
	entry := r.entry(key)
	r.mutex.Lock()
	defer r.mutex.Unlock()
	var none T
	entry.value, entry.err, entry.read = none, nil, time.Time{}
	entry.writes++
}
