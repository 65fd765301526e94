// SPDX-License-Identifier: MPL-2.0

package refold_test

import (
	"fmt"
	"math/rand/v2"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	"github.com/gocobalt/terraform-provider-refold/internal/acctest/shortrun"
	"github.com/gocobalt/terraform-provider-refold/internal/mockapi"
	"github.com/gocobalt/terraform-provider-refold/internal/refold"
)

// bound is what reads may cost: reads of which so many need a GET whatever
// lists say, in an organization of so many pages.
func bound(reads, pages, confirmed int) int { return 2 * min(reads, pages+confirmed) }

func pagesOf(accounts, size int) int { return max(1, (accounts+size-1)/size) }

// sizes are numbers of accounts that exist, and of managed ones, with what
// reading the managed ones at once may cost.
var sizes = []struct{ exist, managed, atOnce int }{
	{100, 100, 1}, {10_000, 10_000, 100}, {10_000, 20, 21}, {250, 1, 1}, {0, 1, 1}, {250, 250, 3}, {250, 3, 4}, {101, 2, 2},
}

// managedOf spreads the managed accounts over all; without any, one that is missing is read.
func managedOf(exist, managed int) []string {
	if exist == 0 {
		return []string{"nobody"}
	}
	var ids []string
	for i := range managed {
		ids = append(ids, customer(exist-1-i*(exist/managed)))
	}
	return ids
}

func TestBoundOfSingleReads(t *testing.T) {
	shortrun.Thorough(t, "TestBoundOfAnyMix")
	for _, size := range sizes {
		for _, parallel := range []int{1, 50} {
			t.Run(fmt.Sprintf("%d of %d, %d at a time", size.managed, size.exist, parallel), func(t *testing.T) {
				synctest.Test(t, func(t *testing.T) {
					server := newListServer(t, size.exist, mockapi.Behaviour{})
					server.delay = 50 * time.Millisecond
					client := server.client()
					ids := managedOf(size.exist, size.managed)
					next := make(chan string)
					var group sync.WaitGroup
					for range parallel {
						group.Go(func() {
							for id := range next {
								_, err := client.ReadLinkedAccount(t.Context(), id, refold.ReadOptions{})
								if err != nil && (size.exist > 0 || refold.KindOf(err) != refold.AccountNotFound) {
									t.Errorf("read %s: %v", id, err)
								}
							}
						})
					}
					for _, id := range ids {
						next <- id
					}
					close(next)
					group.Wait()
					missing := 0
					if size.exist == 0 {
						missing = len(ids)
					}
					if sent, most := server.Count("", ""), bound(len(ids), pagesOf(size.exist, 100), missing); sent > most {
						t.Errorf("%d requests (%d lists), at most %d are fair", sent, server.lists(), most)
					}
				})
			})
		}
	}
}

func TestBoundOfReadsAtOnce(t *testing.T) {
	shortrun.Thorough(t, "TestBoundOfAnyMix")
	for _, size := range sizes {
		t.Run(fmt.Sprintf("%d of %d", size.managed, size.exist), func(t *testing.T) {
			server := newListServer(t, size.exist, mockapi.Behaviour{})
			found := readMany(t, server.client(), managedOf(size.exist, size.managed), refold.ReadOptions{})
			if sent := server.Count("", ""); sent > size.atOnce {
				t.Errorf("%d requests, want at most %d", sent, size.atOnce)
			}
			for id, lookup := range found {
				if lookup.Err != nil && (size.exist > 0 || refold.KindOf(lookup.Err) != refold.AccountNotFound) {
					t.Errorf("%s: %v", id, lookup.Err)
				}
			}
		})
	}
}

// TestBoundOfAnyMix draws organizations, servers and readers of all kinds; bulkread has many more.
func TestBoundOfAnyMix(t *testing.T) {
	for seed := range uint64(30) {
		synctest.Test(t, func(t *testing.T) {
			chance := rand.New(rand.NewPCG(seed, 4))
			exist := chance.IntN(1200) / (1 + chance.IntN(12))
			size := []int{100, 50, 10, 3}[chance.IntN(4)]
			server := newListServer(t, exist, mockapi.Behaviour{List: mockapi.ListBehaviour{MaxLimit: size}})
			server.delay = time.Duration(chance.IntN(100)) * time.Millisecond
			if chance.IntN(3) == 0 {
				server.edit = withoutTotals
			}
			mix := mixOf(chance, server)
			mix.run(t, 1+chance.IntN(40))
			if sent, most := server.Count("", ""), bound(mix.reads, pagesOf(exist, size), mix.missing); sent > most {
				t.Errorf("seed %d: %d requests (%d lists) for %d reads, %d of missing accounts, of %d accounts by %d; at most %d are fair",
					seed, sent, server.lists(), mix.reads, mix.missing, exist, size, most)
			}
		})
	}
}

func withoutTotals(_ int, page map[string]any) {
	delete(page, "totalDocs")
	delete(page, "totalPages")
}

// mix is a number of calls, each of which reads one account or several.
type mix struct {
	client  *refold.Client
	calls   [][]string
	options refold.ReadOptions
	// reads counts accounts over all calls; missing those among them that a list cannot answer for.
	reads, missing int
}

func mixOf(chance *rand.Rand, server *listServer) *mix {
	made := &mix{client: server.client(), options: refold.ReadOptions{TrustAbsence: chance.IntN(2) == 0}}
	exist := len(server.Accounts(mockapi.EnvironmentTest))
	isTrusted := made.options.TrustAbsence && server.edit == nil
	known := exist + exist*chance.IntN(2)/3
	for range 1 + chance.IntN(200)/(1+chance.IntN(20)) {
		var ids []string
		seen := map[int]bool{}
		for range 1 + max(0, chance.IntN(60)-40) {
			number := chance.IntN(known + 1)
			if seen[number] {
				continue
			}
			seen[number] = true
			ids = append(ids, customer(number))
			made.reads++
			if number >= exist && !isTrusted {
				made.missing++
			}
		}
		made.calls = append(made.calls, ids)
	}
	return made
}

func (m *mix) run(t *testing.T, parallel int) {
	calls := make(chan []string)
	var group sync.WaitGroup
	for range parallel {
		group.Go(func() {
			for ids := range calls {
				for id, lookup := range m.client.ReadLinkedAccounts(t.Context(), ids, m.options) {
					if lookup.Err != nil && refold.KindOf(lookup.Err) != refold.AccountNotFound {
						t.Errorf("read %s: %v", id, lookup.Err)
					}
				}
			}
		})
	}
	for _, ids := range m.calls {
		calls <- ids
	}
	close(calls)
	group.Wait()
}
