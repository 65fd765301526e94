// SPDX-License-Identifier: MPL-2.0

package battery

import (
	"maps"
	"net/http"
	"strings"
	"sync"
	"time"

	"github.com/gocobalt/terraform-provider-refold/internal/acctest"
)

func oneLostAnswerOfCreate(b *bench, r Resource) { createWithout(b, r, 1) }

func lostAnswersOfCreate(b *bench, r Resource) { createWithout(b, r, always) }

// createWithout creates while answers get lost. With a natural key the next apply
// at the latest finds the object; without one nothing but the error can tell.
func createWithout(b *bench, r Resource, answers int) {
	b.wire.treat(losing(answers))
	created, met := b.apply(b.process(), r, nil, r.Config)
	b.wire.treat(nil)
	if r.NaturalKey {
		b.repaired("a create whose answer was lost", r, created, r.Config)
		return
	}
	if writes := b.wire.writes(); len(writes) > 1 {
		b.Errorf("a create whose answer was lost was repeated, and every repetition makes another object, or is refused: %d requests", len(writes))
	}
	if acctest.HasFailure(met) {
		b.failed("a create whose answer was lost", met, append([]string{"import"}, r.FoundBy...)...)
		return
	}
	b.repaired("a create whose answer was lost", r, created, r.Config)
}

func lostAnswersOfUpdate(b *bench, r Resource) {
	created := b.created(r)
	b.wire.treat(losing(always))
	updated, _ := b.apply(b.process(), r, &created, r.Changed)
	b.wire.treat(nil)
	if isGone(updated) {
		b.Fatalf("an update whose answer was lost has lost the state")
	}
	b.repaired("an update whose answer was lost", r, updated, r.Changed)
}

// updateTakenBack: nobody can tell whether an update did what Refold does not show, when its
// answers were lost, unless a look proves it. Going back to what was before then has something to
// do, which says nothing of the state.
func updateTakenBack(b *bench, r Resource) {
	if len(r.NotReadBack) == 0 {
		return
	}
	created := b.created(r)
	unseen := maps.Clone(r.Config)
	for _, name := range r.NotReadBack {
		unseen[name] = r.Changed[name]
	}
	b.wire.treat(losing(always))
	left, _ := b.apply(b.process(), r, &created, unseen)
	b.wire.treat(nil)
	read := b.read(r, left)
	if b.changes(b.plan(b.process(), r, &read, r.Config), read) == "" {
		b.Errorf("an update of what Refold does not show, whose answers were lost, is taken back by an empty plan")
	}
	b.repaired("an update that was taken back", r, read, r.Config)
}

// lostAnswersOfDelete: a deletion that was carried out is a success at the latest
// when it is asked for again.
func lostAnswersOfDelete(b *bench, r Resource) {
	created := b.created(r)
	b.wire.treat(losing(always))
	left, met := b.process().Delete(r.Type, created)
	b.wire.treat(nil)
	if acctest.HasFailure(met) {
		if isGone(left) {
			b.Fatalf("a deletion whose answer was lost fails, and takes the object out of the state")
		}
		_, met = b.process().Delete(r.Type, left)
		b.succeeded("the next deletion after one whose answer was lost", met)
	}
	b.counts("after a deletion whose answer was lost", 0)
}

// stopInTheMiddle: after a stop, as at a Ctrl-C, what is under way ends and is
// recorded, and nothing begins.
func stopInTheMiddle(b *bench, r Resource) {
	process := b.process()
	stopped := &stopping{stop: process.Stop}
	b.wire.treat(stopped.treat)
	created, met := b.apply(process, r, nil, r.Config)
	b.wire.treat(nil)
	if began := stopped.beganLater(); began > 0 {
		b.Errorf("%d writes began after the stop", began)
	}
	if !r.isCollection() && (b.Count() == 0 || isGone(created) != r.InSteps) {
		b.Fatalf("a create that was under way at the stop is lost; %d objects are at Refold, and the state is %s:\n%s", b.Count(), created.State, acctest.List(met))
	}
	b.repaired("a stop", r, created, r.Config)
}

// stopping stops a process while its first writes are under way.
type stopping struct {
	stop func()

	mutex sync.Mutex
	once  sync.Once
	isOn  bool
	began int
}

// underWay is how long a write takes before a stop and after it: a time at which
// nothing else happens.
const underWay = 113 * time.Millisecond

// treat is a treatment.
func (s *stopping) treat(w http.ResponseWriter, r *http.Request, next http.Handler) {
	if !isWrite(r) {
		next.ServeHTTP(w, r)
		return
	}
	s.mutex.Lock()
	if s.isOn {
		s.began++
	}
	s.mutex.Unlock()
	whileUnderWay(r)
	s.once.Do(func() {
		s.stop()
		s.mutex.Lock()
		defer s.mutex.Unlock()
		s.isOn = true
	})
	whileUnderWay(r) // what the stop cuts off has ended then
	next.ServeHTTP(w, r)
}

func whileUnderWay(r *http.Request) {
	select {
	case <-time.After(underWay):
	case <-r.Context().Done():
	}
}

func (s *stopping) beganLater() int {
	s.mutex.Lock()
	defer s.mutex.Unlock()
	return s.began
}

// repeatedDeletion: meanwhile somebody may have made another object of the same id, or something
// that keeps it from being deleted. Where Refold gives out the ids, there is no such object.
func repeatedDeletion(b *bench, r Resource) {
	if !r.NaturalKey {
		return
	}
	created := b.created(r)
	b.wire.reset()
	b.wire.treat(failingOnce())
	_, met := b.process().Delete(r.Type, created)
	b.wire.treat(nil)
	b.succeeded("a deletion whose first attempts failed", met)
	b.looksBeforeRepeating("a deletion", nil)
	b.counts("after a deletion whose first attempts failed", 0)
}

// repeatedWrites: meanwhile somebody may have made the object, or deleted it and made another one,
// and a write that is sent again would overwrite theirs.
func repeatedWrites(b *bench, r Resource) {
	if !r.NaturalKey {
		return
	}
	b.wire.treat(failingOnce())
	created, _ := b.apply(b.process(), r, nil, r.Config)
	b.wire.treat(nil)
	unseen := b.looksBeforeRepeating("a creation", r.RepeatedUnseen)
	if isGone(created) {
		created = b.created(r)
	}
	b.wire.reset()
	b.wire.treat(failingOnce())
	updated, met := b.apply(b.process(), r, &created, r.Changed)
	b.wire.treat(nil)
	b.succeeded("an update whose first attempts failed", met)
	maps.Copy(unseen, b.looksBeforeRepeating("an update", r.RepeatedUnseen))
	for request := range r.RepeatedUnseen {
		if !unseen[request] {
			b.Errorf("the registration: %q is among RepeatedUnseen, and never sent again without a look", request)
		}
	}
	b.settled("an update whose first attempts failed", r, updated, r.Changed)
}

// looksBeforeRepeating checks that nothing in the log was sent twice without a look in between, but
// for requests as of RepeatedUnseen, of which it returns those that were.
func (b *bench) looksBeforeRepeating(what string, harmless map[string]string) (unseen map[string]bool) {
	b.Helper()
	isUnseen := map[string]bool{}
	unseen = map[string]bool{}
	for _, one := range b.wire.requests() {
		write := one.method + one.target + string(one.body)
		switch request := harmlessRequest(one, harmless); {
		case one.method == http.MethodGet:
			clear(isUnseen)
		case !isUnseen[write]:
			isUnseen[write] = true
		case request != "":
			unseen[request] = true
		default:
			b.Errorf("%s is sent again without a look before: %s", what, one.target)
		}
	}
	return unseen
}

// harmlessRequest is the one of RepeatedUnseen that a request is, or empty.
func harmlessRequest(one sent, harmless map[string]string) string {
	for request := range harmless {
		if method, end, _ := strings.Cut(request, " "); method == one.method && strings.HasSuffix(one.target, end) {
			return request
		}
	}
	return ""
}
